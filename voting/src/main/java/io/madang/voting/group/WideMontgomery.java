package io.madang.voting.group;

import java.math.BigInteger;

/**
 * Montgomery's method (1985) over somebody else's multiplication: with R = 2<sup>64 k</sup> a
 * residue of x is x R mod n or that plus n, below R, in k limbs of 64 bits, lowest first. A product
 * t is reduced by adding the multiple q n that clears its lower half, with q = -t / n mod R.
 * Variable time: for public numbers only.
 *
 * <p><b>Bounds.</b> n has 64 k bits, so R is below 2 n. With a and b below R, (a b + q n) / R is
 * below R + n: one subtraction of n brings it below R again, and one brings anything below R below
 * n.
 */
final class WideMontgomery implements Residues {
  private static final int LIMB_BITS = Long.SIZE;

  private final LimbMultiplication multiplication;
  private final int limbs;
  private final long[] n;

  /** -1 / n modulo R. */
  private final long[] negatedInverse;

  private final long[] one;
  private final long[] squareOfR;

  /**
   * Arithmetic modulo an odd number.
   *
   * @throws IllegalArgumentException when its length is not a multiple of 64 bits
   */
  WideMontgomery(BigInteger modulus, LimbMultiplication multiplication) {
    if (modulus.bitLength() % LIMB_BITS != 0 || !modulus.testBit(0)) {
      throw new IllegalArgumentException("an odd number of whole limbs is needed");
    }
    this.multiplication = multiplication;
    limbs = modulus.bitLength() / LIMB_BITS;
    n = split(modulus);
    var r = BigInteger.ONE.shiftLeft(modulus.bitLength());
    negatedInverse = split(r.subtract(modulus.modInverse(r)));
    one = split(r.mod(modulus));
    squareOfR = split(r.multiply(r).mod(modulus));
  }

  private long[] split(BigInteger number) {
    byte[] bytes = number.toByteArray();
    var result = new long[limbs];
    // A byte for the sign may stand above the highest limb.
    for (int i = 0; i < Math.min(bytes.length, limbs * Long.BYTES); i++) {
      result[i / Long.BYTES] |=
          (bytes[bytes.length - 1 - i] & 0xFFL) << (Byte.SIZE * (i % Long.BYTES));
    }
    return result;
  }

  private BigInteger join(long[] residue) {
    var bytes = new byte[limbs * Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      int fromLowest = bytes.length - 1 - i;
      bytes[i] =
          (byte) (residue[fromLowest / Long.BYTES] >>> (Byte.SIZE * (fromLowest % Long.BYTES)));
    }
    return new BigInteger(1, bytes);
  }

  @Override
  public long[] room() {
    return new long[limbs];
  }

  @Override
  public long[] one() {
    return one.clone();
  }

  @Override
  public long[] residue(BigInteger number) {
    long[] residue = room();
    multiply(residue, split(number), squareOfR);
    return residue;
  }

  @Override
  public BigInteger number(long[] residue) {
    var plain = new long[2 * limbs];
    System.arraycopy(residue, 0, plain, 0, limbs);
    long[] number = room();
    reduce(number, plain);
    normalize(number);
    return join(number);
  }

  @Override
  public void multiply(long[] product, long[] a, long[] b) {
    var twice = new long[2 * limbs];
    multiplication.multiply(twice, a, b, limbs);
    reduce(product, twice);
  }

  @Override
  public void square(long[] square, long[] a) {
    var twice = new long[2 * limbs];
    multiplication.square(twice, a, limbs);
    reduce(square, twice);
  }

  /** Sets {@code result} to t / R; t is used up. */
  private void reduce(long[] result, long[] t) {
    var q = new long[2 * limbs];
    multiplication.multiply(q, t, negatedInverse, limbs);
    // The lower halves of t and q n add up to 0 or to R.
    long carry = isZero(t) ? 0 : 1;
    System.arraycopy(t, limbs, result, 0, limbs);
    multiplication.multiply(t, q, n, limbs);
    for (int i = 0; i < limbs; i++) {
      long limb = t[limbs + i];
      long sum = result[i] + limb;
      long over = Long.compareUnsigned(sum, limb) < 0 ? 1 : 0;
      long withCarry = sum + carry;
      carry = over + (withCarry == 0 ? carry : 0);
      result[i] = withCarry;
    }
    if (carry != 0) {
      subtractModulus(result);
    }
  }

  private boolean isZero(long[] lowerHalf) {
    for (int i = 0; i < limbs; i++) {
      if (lowerHalf[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void subtractModulus(long[] number) {
    long borrow = 0;
    for (int i = 0; i < limbs; i++) {
      long difference = number[i] - n[i];
      long under = Long.compareUnsigned(number[i], n[i]) < 0 ? 1 : 0;
      number[i] = difference - borrow;
      borrow = under + (difference == 0 ? borrow : 0);
    }
  }

  @Override
  public void normalize(long[] residue) {
    for (int i = limbs - 1; i >= 0; i--) {
      int order = Long.compareUnsigned(residue[i], n[i]);
      if (order < 0) {
        return;
      }
      if (order > 0) {
        break;
      }
    }
    subtractModulus(residue);
  }
}
