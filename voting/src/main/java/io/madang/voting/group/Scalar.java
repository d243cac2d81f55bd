package io.madang.voting.group;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A number modulo the order of a group: an exponent, a challenge, a response. Immutable. Never
 * shown by {@link #toString()}, since it may be a secret.
 */
public final class Scalar {
  private final ScalarField field;

  /** As it stands, below the order; see {@link Montgomery}. */
  private final long[] limbs;

  Scalar(ScalarField field, long[] limbs) {
    this.field = field;
    this.limbs = limbs;
  }

  /** This + other. */
  public Scalar plus(Scalar other) {
    long[] sum = field.arithmetic().room();
    field.arithmetic().add(sum, limbs, field.limbsOf(other));
    return new Scalar(field, sum);
  }

  /** This - other. */
  public Scalar minus(Scalar other) {
    long[] difference = field.arithmetic().room();
    field.arithmetic().subtract(difference, limbs, field.limbsOf(other));
    return new Scalar(field, difference);
  }

  /** This * other. */
  public Scalar times(Scalar other) {
    Montgomery arithmetic = field.arithmetic();
    long[] product = arithmetic.room();
    arithmetic.multiply(product, arithmetic.enter(limbs), field.limbsOf(other));
    arithmetic.normalize(product);
    return new Scalar(field, product);
  }

  /** -this. */
  public Scalar negated() {
    return field.zero().minus(this);
  }

  /**
   * 1 / this, in variable time: for public numbers only.
   *
   * @throws ArithmeticException when this is 0
   */
  public Scalar inverse() {
    return field.of(number().modInverse(field.order()));
  }

  /** The number, at least 0 and below the order. */
  public BigInteger number() {
    return field.arithmetic().join(limbs);
  }

  /** Decimal digits without leading zeros: the form in every JSON text. */
  public String decimal() {
    return number().toString();
  }

  /** The bits from {@code position}, at most 8, that lie within one limb. */
  int window(int position, int width) {
    return (int) (limbs[position / Montgomery.LIMB_BITS] >>> (position % Montgomery.LIMB_BITS))
        & ((1 << width) - 1);
  }

  /** 32 bytes, lowest first. */
  byte[] littleEndian() {
    var bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) window(Byte.SIZE * i, Byte.SIZE);
    }
    return bytes;
  }

  long[] limbs() {
    return limbs;
  }

  ScalarField field() {
    return field;
  }

  /** Compares in a time that depends on neither. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Scalar scalar) || !field.equals(scalar.field)) {
      return false;
    }
    long difference = 0;
    for (int i = 0; i < limbs.length; i++) {
      difference |= limbs[i] ^ scalar.limbs[i];
    }
    return difference == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(limbs);
  }

  @Override
  public String toString() {
    return "a scalar";
  }
}
