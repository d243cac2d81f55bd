package io.madang.chain.crypto;

/**
 * A public key with multiples of its point at hand, from {@link Ed25519PublicKey#prepare()}. About
 * 2 kB; immutable, so threads may share it.
 *
 * <p>It keeps multiples of -A and of -2<sup>128</sup>A. A factor is split into halves, which then
 * share 128 doublings where the whole would need 253.
 */
public final class PreparedKey extends VerificationKey {
  /** Where factors are split. */
  static final int HALF_BITS = 128;

  private final Ed25519PublicKey publicKey;
  private final OddMultiples low;
  private final OddMultiples high;

  PreparedKey(Ed25519PublicKey publicKey, OddMultiples low, OddMultiples high) {
    this.publicKey = publicKey;
    this.low = low;
    this.high = high;
  }

  @Override
  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  @Override
  void subtractMultiple(SumOfMultiples sum, long[] factor) {
    sum.add(low, factor[0], factor[1]);
    sum.add(high, factor[2], factor[3]);
  }

  /** The public key's hexadecimal digits. */
  @Override
  public String toString() {
    return publicKey.toString();
  }
}
