package io.madang.chain.crypto;

/**
 * An Ed25519 private key, made from its 32-byte seed (RFC 8032, section 5.1.5). Signs through
 * BouncyCastle, in time that does not depend on the key. Never shown by {@link #toString()}.
 */
public final class Ed25519PrivateKey {
  /** Length of a seed in bytes. */
  public static final int SEED_LENGTH = 32;

  private final byte[] seed;
  private final Ed25519PublicKey publicKey;

  private Ed25519PrivateKey(byte[] seed, Ed25519PublicKey publicKey) {
    this.seed = seed;
    this.publicKey = publicKey;
  }

  /**
   * The key of a seed, which must come from a secure random source.
   *
   * @throws IllegalArgumentException when it has not 32 bytes
   */
  public static Ed25519PrivateKey fromSeed(byte[] seed) {
    if (seed.length != SEED_LENGTH) {
      throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
    }
    var encoding = new byte[Ed25519PublicKey.LENGTH];
    org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, encoding, 0);
    // Never empty: the scalar of a seed is a multiple of 8 and not of L.
    return new Ed25519PrivateKey(seed.clone(), Ed25519PublicKey.parse(encoding).orElseThrow());
  }

  /** The public half. */
  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  /** The signature of the message, always the same 64 bytes. */
  public byte[] sign(byte[] message) {
    var signature = new byte[Ed25519.SIGNATURE_LENGTH];
    // The key's own public half, never one from outside: signing under a wrong one gives the key
    // away.
    org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
        seed, 0, publicKey.encoding(), 0, message, 0, message.length, signature, 0);
    return signature;
  }

  /** Names the public key only. */
  @Override
  public String toString() {
    return "private key of " + publicKey;
  }
}
