package io.madang.chain.crypto;

/**
 * What {@link Ed25519} verifies against: a public key as it stands, or one prepared for use again
 * and again. Both give the same verdict on everything; they differ in time and memory only.
 */
public abstract sealed class VerificationKey permits Ed25519PublicKey, PreparedKey {
  /** At most how many terms {@link #subtractMultiple} adds. */
  static final int TERMS = 2;

  VerificationKey() {}

  /** The key itself. */
  public abstract Ed25519PublicKey publicKey();

  /** Subtracts {@code factor} times the key's point, given as four 64-bit words, from a sum. */
  abstract void subtractMultiple(SumOfMultiples sum, long[] factor);
}
