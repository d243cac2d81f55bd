package io.madang.voting.group;

import java.math.BigInteger;
import java.util.Optional;

/** The numbers modulo the prime order of a group. */
public final class ScalarField {
  /** More digits than any order below 2<sup>256</sup> has. */
  private static final int MAX_DIGITS = 78;

  private final Montgomery arithmetic;
  private final Scalar zero;
  private final Scalar one;

  ScalarField(BigInteger order) {
    arithmetic = new Montgomery(order);
    zero = of(BigInteger.ZERO);
    one = of(BigInteger.ONE);
  }

  /** The order of the group: a prime. */
  public BigInteger order() {
    return arithmetic.modulus();
  }

  /** 0. */
  public Scalar zero() {
    return zero;
  }

  /** 1. */
  public Scalar one() {
    return one;
  }

  /** A number reduced modulo the order; negative ones too. */
  public Scalar of(BigInteger number) {
    return new Scalar(this, arithmetic.split(number.mod(order())));
  }

  /** A number reduced modulo the order; negative ones too. */
  public Scalar of(long number) {
    return of(BigInteger.valueOf(number));
  }

  /** Bytes as one number, highest first, reduced modulo the order. */
  public Scalar ofBytes(byte[] bigEndian) {
    return of(new BigInteger(1, bigEndian));
  }

  /**
   * Reads decimal digits. Empty unless they are the one form of a number below the order: no sign,
   * no leading zero, nothing but 0 to 9.
   */
  public Optional<Scalar> parse(String decimal) {
    return Decimal.parse(decimal, MAX_DIGITS)
        .filter(number -> number.compareTo(order()) < 0)
        .map(number -> new Scalar(this, arithmetic.split(number)));
  }

  /** A number below the order, each as likely as the other. */
  public Scalar random(Randomness randomness) {
    int bits = order().bitLength();
    var bytes = new byte[Math.ceilDiv(bits, Byte.SIZE)];
    while (true) {
      // Drawing again leaves each number as likely as the other; reducing would not.
      randomness.fill(bytes);
      bytes[0] &= (byte) (0xFF >>> (bytes.length * Byte.SIZE - bits));
      var number = new BigInteger(1, bytes);
      if (number.compareTo(order()) < 0) {
        return new Scalar(this, arithmetic.split(number));
      }
    }
  }

  Montgomery arithmetic() {
    return arithmetic;
  }

  /** The limbs of a scalar of this field; one of another field is a mistake of ours. */
  long[] limbsOf(Scalar scalar) {
    if (!scalar.field().equals(this)) {
      throw new IllegalArgumentException("a scalar of another group");
    }
    return scalar.limbs();
  }
}
