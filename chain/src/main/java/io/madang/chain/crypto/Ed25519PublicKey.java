package io.madang.chain.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An Ed25519 public key (RFC 8032): 32 bytes that are the canonical encoding of a point which is
 * not of small order. That is checked once, here, so a key that exists may be registered and
 * verified against.
 *
 * <p>Immutable; equal when the bytes are equal. Verifying with it directly takes half as long again
 * as with {@link #prepare() a prepared key}.
 */
public final class Ed25519PublicKey extends VerificationKey {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  /**
   * Width of the digits by which a key's point is multiplied; 5 gives a table of eight multiples.
   */
  private static final int WIDTH = 5;

  private final byte[] bytes;

  private Ed25519PublicKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a key that came from outside.
   *
   * <p>Empty when there are not 32 bytes, when they are not the canonical encoding of a point of
   * the curve, or when the point is of small order (1, 2, 4 or 8): for such a key anyone can make
   * signatures that fit many messages, or all.
   */
  public static Optional<Ed25519PublicKey> parse(byte[] encoded) {
    if (encoded.length != LENGTH) {
      return Optional.empty();
    }
    byte[] bytes = encoded.clone();
    return EdwardsPoint.decode(bytes, 0)
        .filter(point -> !point.isOfSmallOrder())
        .map(_ -> new Ed25519PublicKey(bytes));
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes themselves, for hashing. */
  byte[] encoding() {
    return bytes;
  }

  @Override
  public Ed25519PublicKey publicKey() {
    return this;
  }

  /**
   * Prepares this key for many verifications: about 2 kB, and the time of one verification, which
   * the second one alone or the seventh one in batches has earned back. Whoever keeps prepared keys
   * must bound how many.
   */
  public PreparedKey prepare() {
    EdwardsPoint point = negatedPoint();
    OddMultiples low = OddMultiples.affineOf(point, WIDTH);
    point.doubleTimes(PreparedKey.HALF_BITS);
    return new PreparedKey(this, low, OddMultiples.affineOf(point, WIDTH));
  }

  @Override
  void subtractMultiple(SumOfMultiples sum, long[] factor) {
    sum.add(OddMultiples.of(negatedPoint(), WIDTH), factor);
  }

  private EdwardsPoint negatedPoint() {
    EdwardsPoint point = EdwardsPoint.decode(bytes, 0).orElseThrow();
    point.negate();
    return point;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519PublicKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** 64 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
