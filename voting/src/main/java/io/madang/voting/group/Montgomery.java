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
final class Montgomery {
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

  /** Room for a number. */
  long[] room() {
    return new long[limbs];
  }

  /** A fresh copy of 1, in Montgomery's form. */
  long[] one() {
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

  /**
   * Sets {@code product} to a b / R. It must be another array than the operands, which may be the
   * same.
   */
  void multiply(long[] product, long[] a, long[] b) {
    Arrays.fill(product, 0);
    long n0 = n[0];
    long b0 = b[0];
    for (int i = 0; i < limbs; i++) {
      // One row of a b, one row of the reduction, and a step down by a limb. Shifted by the 8 spare
      // bits of a limb, the high half of a product is what is above its lower 56 bits.
      long ai = a[i];
      long aiShifted = ai << (Long.SIZE - LIMB_BITS);
      long lowest = product[0] + ((ai * b0) & MASK);
      long factor = (lowest * negatedInverse) & MASK;
      long factorShifted = factor << (Long.SIZE - LIMB_BITS);
      long carry =
          ((lowest + ((factor * n0) & MASK)) >>> LIMB_BITS)
              + Math.unsignedMultiplyHigh(aiShifted, b0)
              + Math.unsignedMultiplyHigh(factorShifted, n0);
      for (int j = 1; j < limbs; j++) {
        long bj = b[j];
        long nj = n[j];
        product[j - 1] = product[j] + ((ai * bj) & MASK) + ((factor * nj) & MASK) + carry;
        carry =
            Math.unsignedMultiplyHigh(aiShifted, bj) + Math.unsignedMultiplyHigh(factorShifted, nj);
      }
      product[limbs - 1] = carry;
    }
    carry(product, 0, product);
  }

  /** Sets {@code square} to a<sup>2</sup> / R, for three quarters of the price; another array. */
  void square(long[] square, long[] a) {
    var columns = new long[2 * limbs];
    for (int i = 0; i < limbs; i++) {
      long ai = a[i];
      long aiShifted = ai << (Long.SIZE - LIMB_BITS);
      long carry = 0;
      for (int j = i + 1; j < limbs; j++) {
        long aj = a[j];
        columns[i + j] += ((ai * aj) & MASK) + carry;
        carry = Math.unsignedMultiplyHigh(aiShifted, aj);
      }
      columns[i + limbs] += carry;
    }
    for (int i = 0; i < limbs; i++) {
      long ai = a[i];
      columns[2 * i] = 2 * columns[2 * i] + ((ai * ai) & MASK);
      columns[2 * i + 1] =
          2 * columns[2 * i + 1] + Math.unsignedMultiplyHigh(ai << (Long.SIZE - LIMB_BITS), ai);
    }
    for (int i = 0; i < limbs; i++) {
      long factor = (columns[i] * negatedInverse) & MASK;
      long factorShifted = factor << (Long.SIZE - LIMB_BITS);
      long carry =
          ((columns[i] + ((factor * n[0]) & MASK)) >>> LIMB_BITS)
              + Math.unsignedMultiplyHigh(factorShifted, n[0]);
      for (int j = 1; j < limbs; j++) {
        long nj = n[j];
        columns[i + j] += ((factor * nj) & MASK) + carry;
        carry = Math.unsignedMultiplyHigh(factorShifted, nj);
      }
      columns[i + limbs] += carry;
    }
    carry(columns, limbs, square);
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
  void normalize(long[] number) {
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
