package io.madang.voting.group;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Arithmetic modulo an odd number n by Montgomery's method (1985): a number x is kept as x R mod n
 * with R = 2<sup>56 k</sup>, in k limbs of 56 bits, lowest first. No branch and no index depends on
 * a value, so the time says nothing about secrets.
 *
 * <p><b>Bounds.</b> R is at least 2<sup>16</sup> n. Operands are below 2 n and so is every product:
 * a b / R + n. The last subtraction that Montgomery's method usually ends with is therefore done
 * only by {@link #normalize}. Limbs of 56 bits leave room for a column of a product and of its
 * reduction, at most 4 k terms below 2<sup>56</sup>, in 64 bits without a carry: this is what makes
 * plain Java fast here. It bounds k by 63, far more than 2048 bits need.
 */
final class Montgomery implements Residues {
  static final int LIMB_BITS = 56;

  private static final int LIMB_BYTES = LIMB_BITS / Byte.SIZE;
  private static final long MASK = (1L << LIMB_BITS) - 1;
  private static final int SPARE_BITS = 16;

  private final BigInteger modulus;
  private final int limbs;
  private final long[] n;

  /** -1 / n modulo 2<sup>56</sup>. */
  private final long negatedInverse;

  private final long[] one;
  private final long[] squareOfR;

  Montgomery(BigInteger modulus) {
    this.modulus = modulus;
    limbs = Math.ceilDiv(modulus.bitLength() + SPARE_BITS, LIMB_BITS);
    n = split(modulus);
    var base = BigInteger.ONE.shiftLeft(LIMB_BITS);
    negatedInverse = base.subtract(modulus.modInverse(base)).longValueExact();
    BigInteger r = BigInteger.ONE.shiftLeft(LIMB_BITS * limbs).mod(modulus);
    one = split(r);
    squareOfR = split(r.multiply(r).mod(modulus));
  }

  BigInteger modulus() {
    return modulus;
  }

  /** How many limbs a number has. */
  int limbs() {
    return limbs;
  }

  @Override
  public long[] room() {
    return new long[limbs];
  }

  /** {@inheritDoc} In Montgomery's form. */
  @Override
  public long[] one() {
    return one.clone();
  }

  /** The limbs of a number below 2<sup>56 k</sup> as it stands. */
  long[] split(BigInteger number) {
    byte[] bytes = number.toByteArray();
    var result = new long[limbs];
    for (int i = 0; i < bytes.length; i++) {
      int fromLowest = bytes.length - 1 - i;
      result[fromLowest / LIMB_BYTES] |=
          (bytes[i] & 0xFFL) << (Byte.SIZE * (fromLowest % LIMB_BYTES));
    }
    return result;
  }

  /** The number whose limbs these are. */
  BigInteger join(long[] number) {
    var bytes = new byte[limbs * LIMB_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      int fromLowest = bytes.length - 1 - i;
      bytes[i] =
          (byte) (number[fromLowest / LIMB_BYTES] >>> (Byte.SIZE * (fromLowest % LIMB_BYTES)));
    }
    return new BigInteger(1, bytes);
  }

  @Override
  public long[] residue(BigInteger number) {
    return enter(split(number));
  }

  @Override
  public BigInteger number(long[] residue) {
    return join(leave(residue));
  }

  /** Brings a number below 2 n into Montgomery's form. */
  long[] enter(long[] number) {
    long[] result = room();
    multiply(result, number, squareOfR);
    return result;
  }

  /** Takes a number out of Montgomery's form; the result is below n. */
  long[] leave(long[] number) {
    long[] plainOne = room();
    plainOne[0] = 1;
    long[] result = room();
    multiply(result, number, plainOne);
    normalize(result);
    return result;
  }

  /** {@inheritDoc} As limbs: a b / R. */
  @Override
  public void multiply(long[] product, long[] a, long[] b) {
    Arrays.fill(product, 0);
    int row = 0;
    for (; row + 1 < limbs; row += 2) {
      addTwoRows(product, a[row], a[row + 1], b, n, negatedInverse);
    }
    if (row < limbs) {
      addRow(product, a[row], b, n, negatedInverse);
    }
    carry(product, 0, product);
  }

  /**
   * Adds a limb's row of the product and the multiple of n that clears the lowest limb, and steps
   * down by a limb.
   */
  private static void addRow(long[] sum, long a, long[] b, long[] n, long negatedInverse) {
    int limbs = n.length;
    long low = sum[0] + low(a, b[0]);
    long m = (low * negatedInverse) & MASK;
    long carry = ((low + low(m, n[0])) >>> LIMB_BITS) + high(a, b[0]) + high(m, n[0]);
    for (int j = 1; j < limbs; j++) {
      sum[j - 1] = sum[j] + low(a, b[j]) + low(m, n[j]) + carry;
      carry = high(a, b[j]) + high(m, n[j]);
    }
    sum[limbs - 1] = carry;
  }

  /** Two of those at once, which read and write the sum half as often. */
  private static void addTwoRows(
      long[] sum, long a0, long a1, long[] b, long[] n, long negatedInverse) {
    int limbs = n.length;
    long lowerB = b[0];
    long lowerN = n[0];
    long low = sum[0] + low(a0, lowerB);
    long m0 = (low * negatedInverse) & MASK;
    long carry = ((low + low(m0, lowerN)) >>> LIMB_BITS) + high(a0, lowerB) + high(m0, lowerN);
    long nextB = b[1];
    long nextN = n[1];
    low = sum[1] + low(a0, nextB) + low(m0, nextN) + low(a1, lowerB) + carry;
    long m1 = (low * negatedInverse) & MASK;
    carry =
        ((low + low(m1, lowerN)) >>> LIMB_BITS)
            + high(a0, nextB)
            + high(m0, nextN)
            + high(a1, lowerB)
            + high(m1, lowerN);
    for (int j = 2; j < limbs; j++) {
      lowerB = nextB;
      lowerN = nextN;
      nextB = b[j];
      nextN = n[j];
      sum[j - 2] =
          sum[j] + low(a0, nextB) + low(m0, nextN) + low(a1, lowerB) + low(m1, lowerN) + carry;
      carry = high(a0, nextB) + high(m0, nextN) + high(a1, lowerB) + high(m1, lowerN);
    }
    sum[limbs - 2] = low(a1, nextB) + low(m1, nextN) + carry;
    sum[limbs - 1] = high(a1, nextB) + high(m1, nextN);
  }

  /** The lower 56 bits of a product. */
  private static long low(long a, long b) {
    return (a * b) & MASK;
  }

  /** What is above the lower 56 bits of a product of two limbs. */
  private static long high(long a, long b) {
    return Math.unsignedMultiplyHigh(a << (Long.SIZE - LIMB_BITS), b);
  }

  /** {@inheritDoc} As limbs: a<sup>2</sup> / R. */
  @Override
  public void square(long[] square, long[] a) {
    var columns = new long[2 * limbs];
    for (int i = 0; i < limbs; i++) {
      long ai = a[i];
      long carry = 0;
      for (int j = i + 1; j < limbs; j++) {
        columns[i + j] += low(ai, a[j]) + carry;
        carry = high(ai, a[j]);
      }
      columns[i + limbs] += carry;
    }
    for (int i = 0; i < limbs; i++) {
      columns[2 * i] = 2 * columns[2 * i] + low(a[i], a[i]);
      columns[2 * i + 1] = 2 * columns[2 * i + 1] + high(a[i], a[i]);
    }
    int row = 0;
    for (; row + 1 < limbs; row += 2) {
      clearTwoRows(columns, row, n, negatedInverse);
    }
    if (row < limbs) {
      clearRow(columns, row, n, negatedInverse);
    }
    carry(columns, limbs, square);
  }

  /** Adds the multiple of n that clears a column, which then is carried into the next. */
  private static void clearRow(long[] columns, int row, long[] n, long negatedInverse) {
    int limbs = n.length;
    long m = (columns[row] * negatedInverse) & MASK;
    long carry = ((columns[row] + low(m, n[0])) >>> LIMB_BITS) + high(m, n[0]);
    for (int j = 1; j < limbs; j++) {
      columns[row + j] += low(m, n[j]) + carry;
      carry = high(m, n[j]);
    }
    columns[row + limbs] += carry;
  }

  /** Clears two columns at once. */
  private static void clearTwoRows(long[] columns, int row, long[] n, long negatedInverse) {
    int limbs = n.length;
    long m0 = (columns[row] * negatedInverse) & MASK;
    long carry = ((columns[row] + low(m0, n[0])) >>> LIMB_BITS) + high(m0, n[0]);
    long low = columns[row + 1] + low(m0, n[1]) + carry;
    long m1 = (low * negatedInverse) & MASK;
    carry = ((low + low(m1, n[0])) >>> LIMB_BITS) + high(m0, n[1]) + high(m1, n[0]);
    long lowerN = n[1];
    for (int j = 2; j < limbs; j++) {
      long nextN = n[j];
      columns[row + j] += low(m0, nextN) + low(m1, lowerN) + carry;
      carry = high(m0, nextN) + high(m1, lowerN);
      lowerN = nextN;
    }
    columns[row + limbs] += low(m1, lowerN) + carry;
    columns[row + limbs + 1] += high(m1, lowerN);
  }

  private void carry(long[] columns, int offset, long[] result) {
    long carry = 0;
    for (int i = 0; i < limbs; i++) {
      long column = columns[offset + i] + carry;
      result[i] = column & MASK;
      carry = column >>> LIMB_BITS;
    }
  }

  /** Brings a number below 2 n to the one below n. */
  @Override
  public void normalize(long[] number) {
    subtractIfNotBelow(number);
  }

  /** Sets {@code sum} to a + b modulo n, for operands below n. */
  void add(long[] sum, long[] a, long[] b) {
    long carry = 0;
    for (int i = 0; i < limbs; i++) {
      long limb = a[i] + b[i] + carry;
      sum[i] = limb & MASK;
      carry = limb >>> LIMB_BITS;
    }
    subtractIfNotBelow(sum);
  }

  /** Sets {@code difference} to a - b modulo n, for operands below n. */
  void subtract(long[] difference, long[] a, long[] b) {
    long borrow = 0;
    for (int i = 0; i < limbs; i++) {
      long limb = a[i] - b[i] + borrow;
      difference[i] = limb & MASK;
      borrow = limb >> LIMB_BITS;
    }
    // borrow is -1 when b was larger: then n comes back once.
    long carry = 0;
    for (int i = 0; i < limbs; i++) {
      long limb = difference[i] + (n[i] & borrow) + carry;
      difference[i] = limb & MASK;
      carry = limb >>> LIMB_BITS;
    }
  }

  private void subtractIfNotBelow(long[] number) {
    long borrow = 0;
    for (int i = 0; i < limbs; i++) {
      borrow = (number[i] - n[i] + borrow) >> LIMB_BITS;
    }
    long keep = ~borrow; // all ones when number is n or more
    borrow = 0;
    for (int i = 0; i < limbs; i++) {
      long limb = number[i] - (n[i] & keep) + borrow;
      number[i] = limb & MASK;
      borrow = limb >> LIMB_BITS;
    }
  }
}
