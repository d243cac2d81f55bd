package io.madang.gateway.election;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A device with a passkey, written from the standard (W3C Web Authentication level 3, sections 6.1,
 * 6.5 and 8.7; RFC 9052, section 7) with the JDK's cryptography: not the library that the gateway
 * checks with.
 */
final class SoftAuthenticator {
  private static final int PRESENT = 0x01;
  private static final int VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;

  private final KeyPair keys;
  private final byte[] id = new byte[32];
  private final String origin;
  private final boolean verifiesUser;
  private int counter;

  /** A device on a page of this origin. */
  SoftAuthenticator(String origin, boolean verifiesUser) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
    new SecureRandom().nextBytes(id);
    this.origin = origin;
    this.verifiesUser = verifiesUser;
  }

  /** Sets how many signatures the device believes to have made. */
  void setCounter(int counter) {
    this.counter = counter;
  }

  /** Answers {@code navigator.credentials.create}. */
  JsonObject register(JsonObject options) {
    var data = new ByteArrayOutputStream();
    data.writeBytes(head(options.getJsonObject("rp").getString("id"), ATTESTED));
    data.writeBytes(new byte[16]);
    data.writeBytes(ByteBuffer.allocate(2).putShort((short) id.length).array());
    data.writeBytes(id);
    var point = ((ECPublicKey) keys.getPublic()).getW();
    data.writeBytes(hex("a5010203262001215820"));
    data.writeBytes(coordinate(point.getAffineX()));
    data.writeBytes(hex("225820"));
    data.writeBytes(coordinate(point.getAffineY()));
    var attestation = new ByteArrayOutputStream();
    attestation.writeBytes(hex("a363666d74646e6f6e656761747453746d74a068617574684461746158"));
    attestation.write(data.size());
    attestation.writeBytes(data.toByteArray());
    return credential(
        new JsonObject()
            .put("clientDataJSON", encode(client("webauthn.create", options)))
            .put("attestationObject", encode(attestation.toByteArray())));
  }

  /** Answers {@code navigator.credentials.get}. */
  JsonObject signIn(JsonObject options) {
    counter++;
    byte[] data = head(options.getString("rpId"), 0);
    byte[] client = client("webauthn.get", options);
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(sha256(client));
      return credential(
          new JsonObject()
              .put("clientDataJSON", encode(client))
              .put("authenticatorData", encode(data))
              .put("signature", encode(signature.sign())));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private JsonObject credential(JsonObject response) {
    return new JsonObject()
        .put("id", encode(id))
        .put("rawId", encode(id))
        .put("type", "public-key")
        .put("response", response)
        .put("clientExtensionResults", new JsonObject());
  }

  private byte[] client(String type, JsonObject options) {
    return new JsonObject()
        .put("type", type)
        .put("challenge", options.getString("challenge"))
        .put("origin", origin)
        .put("crossOrigin", false)
        .encode()
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] head(String host, int more) {
    int flags = PRESENT | (verifiesUser ? VERIFIED : 0) | more;
    return ByteBuffer.allocate(37)
        .put(sha256(host.getBytes(StandardCharsets.UTF_8)))
        .put((byte) flags)
        .putInt(counter)
        .array();
  }

  private static byte[] coordinate(BigInteger number) {
    return hex(String.format(java.util.Locale.ROOT, "%064x", number));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
