package io.madang.chain.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/**
 * ES256: ECDSA on P-256 with SHA-256 (FIPS 186-5; JWS form of RFC 7518, section 3.4), for keys that
 * live in secure elements and passkeys. A signature is 64 bytes: r, then s, each 32 bytes, highest
 * first.
 *
 * <p><b>One signature per message.</b> If (r, s) is valid then so is (r, n - s), and anybody can
 * compute it without the key. Were both accepted, a stranger could change the bytes of a signed
 * transaction, and with them its hash, while it travels. So only the lower s, at most n / 2, is
 * accepted, as in Bitcoin's BIP 146. Phones and browsers give either one: clients replace a high s
 * by n - s before they send.
 *
 * <p>Unlike in {@link Ed25519}, every implementation agrees on the rest of the rule.
 */
public final class P256 {
  /** Length of a signature in bytes. */
  public static final int SIGNATURE_LENGTH = 64;

  /** Length in bytes of r, of s and of a coordinate. */
  static final int NUMBER_LENGTH = 32;

  static final ECDomainParameters CURVE =
      new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));

  private static final BigInteger HALF_ORDER = CURVE.getN().shiftRight(1);

  private P256() {}

  /**
   * Whether the signature, of any length and content, is the key's for the message. False also for
   * the higher of the two values of s.
   */
  public static boolean verify(P256PublicKey key, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_LENGTH) {
      return false;
    }
    var r = new BigInteger(1, Arrays.copyOf(signature, NUMBER_LENGTH));
    var s = new BigInteger(1, Arrays.copyOfRange(signature, NUMBER_LENGTH, SIGNATURE_LENGTH));
    if (r.signum() == 0
        || r.compareTo(CURVE.getN()) >= 0
        || s.signum() == 0
        || s.compareTo(HALF_ORDER) > 0) {
      return false;
    }
    var verifier = new ECDSASigner();
    verifier.init(false, key.parameters());
    return verifier.verifySignature(Sha256.digest(message), r, s);
  }

  /**
   * The one accepted form of a signature: s replaced by n - s where that is lower. For signatures
   * that come from hardware; anything that is not a signature is returned as it is.
   */
  public static byte[] normalized(byte[] signature) {
    byte[] result = signature.clone();
    if (signature.length != SIGNATURE_LENGTH) {
      return result;
    }
    var s = new BigInteger(1, Arrays.copyOfRange(signature, NUMBER_LENGTH, SIGNATURE_LENGTH));
    if (s.compareTo(HALF_ORDER) > 0 && s.compareTo(CURVE.getN()) < 0) {
      putNumber(CURVE.getN().subtract(s), result, NUMBER_LENGTH);
    }
    return result;
  }

  /** Writes 32 bytes, highest first. */
  static void putNumber(BigInteger number, byte[] bytes, int offset) {
    byte[] magnitude = number.toByteArray();
    for (int i = 0; i < NUMBER_LENGTH; i++) {
      int from = magnitude.length - 1 - i;
      bytes[offset + NUMBER_LENGTH - 1 - i] = from >= 0 ? magnitude[from] : 0;
    }
  }
}
