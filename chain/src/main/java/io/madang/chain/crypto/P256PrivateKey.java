package io.madang.chain.crypto;

import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * A P-256 private key, for servers and tests; people's keys stay in their devices. Signs through
 * BouncyCastle with the deterministic nonce of RFC 6979, so no random source can spoil a signature.
 * Never shown by {@link #toString()}.
 */
public final class P256PrivateKey {
  private final ECPrivateKeyParameters parameters;
  private final P256PublicKey publicKey;

  private P256PrivateKey(ECPrivateKeyParameters parameters, P256PublicKey publicKey) {
    this.parameters = parameters;
    this.publicKey = publicKey;
  }

  /**
   * The key of a secret number in 32 bytes, highest first.
   *
   * @throws IllegalArgumentException when there are not 32 bytes, or the number is not in [1, n)
   */
  public static P256PrivateKey of(byte[] secret) {
    if (secret.length != P256.NUMBER_LENGTH) {
      throw new IllegalArgumentException("a P-256 key has 32 bytes, not " + secret.length);
    }
    var parameters = new ECPrivateKeyParameters(new BigInteger(1, secret), P256.CURVE);
    byte[] point =
        new FixedPointCombMultiplier()
            .multiply(P256.CURVE.getG(), parameters.getD())
            .normalize()
            .getEncoded(true);
    return new P256PrivateKey(parameters, P256PublicKey.parse(point).orElseThrow());
  }

  /** The public half. */
  public P256PublicKey publicKey() {
    return publicKey;
  }

  /** The signature of the message with the lower s, always the same 64 bytes. */
  public byte[] sign(byte[] message) {
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, parameters);
    BigInteger[] numbers = signer.generateSignature(Sha256.digest(message));
    var signature = new byte[P256.SIGNATURE_LENGTH];
    P256.putNumber(numbers[0], signature, 0);
    P256.putNumber(numbers[1], signature, P256.NUMBER_LENGTH);
    return P256.normalized(signature);
  }

  /** Names the public key only. */
  @Override
  public String toString() {
    return "private key of " + publicKey;
  }
}
