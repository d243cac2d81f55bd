package io.madang.chain;

/** Keys for tests, made from a number. */
public final class TestKeys {
  private TestKeys() {}

  /** The Ed25519 key of this number. */
  public static SigningKey ed25519(long number) {
    return SigningKey.ed25519(secret(number));
  }

  /** The P-256 key of this number. */
  public static SigningKey p256(long number) {
    return SigningKey.p256(secret(number));
  }

  private static byte[] secret(long number) {
    var secret = new byte[32];
    Seeds.random(number).nextBytes(secret);
    // Below the order of P-256, whose highest byte is 255.
    secret[0] &= 0x7F;
    return secret;
  }
}
