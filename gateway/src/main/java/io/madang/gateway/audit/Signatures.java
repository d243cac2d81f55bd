package io.madang.gateway.audit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Signatures by libraries that the chain itself does not verify with. */
final class Signatures {
  /** What stands before the 32 bytes of an Ed25519 key in X.509 form (RFC 8410). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final ECDomainParameters P256 = p256();
  private static final int ED25519_KEY = 32;
  private static final int P256_KEY = 33;
  private static final int SIGNATURE = 64;

  private Signatures() {}

  /** A member's signature, by the JDK. */
  static boolean isMembers(byte[] key, byte[] message, byte[] signature) {
    try {
      var encoded = new X509EncodedKeySpec(Hashes.join(ED25519_PREFIX, key));
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(encoded));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  /** A statement's signature, by BouncyCastle: the JDK is ten times slower. */
  static boolean isSigners(byte[] key, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE) {
      return false;
    }
    return switch (key.length) {
      case ED25519_KEY -> Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
      case P256_KEY -> isP256(key, message, signature);
      default -> false;
    };
  }

  private static boolean isP256(byte[] key, byte[] message, byte[] signature) {
    var r = new BigInteger(1, Arrays.copyOfRange(signature, 0, 32));
    var s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    if (s.compareTo(P256.getN().shiftRight(1)) > 0) {
      return false;
    }
    try {
      var verifier = new ECDSASigner();
      verifier.init(
          /* forSigning= */ false,
          new ECPublicKeyParameters(P256.getCurve().decodePoint(key), P256));
      return verifier.verifySignature(Hashes.sha256(message), r, s);
    } catch (IllegalArgumentException noPoint) {
      return false;
    }
  }

  private static ECDomainParameters p256() {
    var curve = SECNamedCurves.getByName("secp256r1");
    return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
  }
}
