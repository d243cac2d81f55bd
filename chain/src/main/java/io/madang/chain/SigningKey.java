package io.madang.chain;

import io.madang.chain.PublicKey.Algorithm;
import io.madang.chain.crypto.Ed25519PrivateKey;
import io.madang.chain.crypto.P256PrivateKey;

/**
 * A private key that signs, of either algorithm. Signing is deterministic, so it needs no
 * randomness; where the key's own bytes come from is the caller's matter.
 *
 * <p>Phones and browsers keep their keys to themselves and do not use this; gateways, devices,
 * members of a chain and tests do.
 */
public final class SigningKey {
  private interface Signing {
    byte[] sign(byte[] message);
  }

  private final PublicKey publicKey;
  private final Signing signing;

  private SigningKey(PublicKey publicKey, Signing signing) {
    this.publicKey = publicKey;
    this.signing = signing;
  }

  /**
   * An Ed25519 key from its 32-byte seed (RFC 8032 section 5.1.5).
   *
   * @throws IllegalArgumentException when the seed has another length
   */
  public static SigningKey ed25519(byte[] seed) {
    var key = Ed25519PrivateKey.fromSeed(seed);
    return new SigningKey(PublicKey.of(Algorithm.ED25519, key.publicKey().bytes()), key::sign);
  }

  /**
   * A P-256 key from its 32-byte scalar, highest byte first.
   *
   * @throws IllegalArgumentException when it has another length or is no scalar of the group
   */
  public static SigningKey p256(byte[] scalar) {
    var key = P256PrivateKey.of(scalar);
    return new SigningKey(PublicKey.of(Algorithm.P256, key.publicKey().bytes()), key::sign);
  }

  /** The key that verifies what this one signs. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** The 64-byte signature of a message, always the same; for ES256 with the lower s. */
  public byte[] sign(byte[] message) {
    return signing.sign(message);
  }

  /** Names the public key only. */
  @Override
  public String toString() {
    return "signing key of " + publicKey;
  }
}
