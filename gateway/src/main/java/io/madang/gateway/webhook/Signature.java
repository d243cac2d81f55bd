package io.madang.gateway.webhook;

import io.madang.chain.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What shows that a message comes from here (Standard Webhooks 1.0, "Signature scheme"). */
final class Signature {
  private Signature() {}

  /**
   * What signs: a secret that the receiver has too, and a key of which it has the public half.
   *
   * @param secret the bytes, at least 24
   */
  record Keys(byte[] secret, SigningKey key) {
    /** The secret as its receiver enters it. */
    String secretText() {
      return "whsec_" + Base64.getEncoder().encodeToString(secret);
    }

    /** The public key as its receiver enters it. */
    String publicText() {
      return "whpk_" + Base64.getEncoder().encodeToString(key.publicKey().bytes());
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
      return "keys of a webhook, " + key.publicKey();
    }
  }

  /** The header's value: signatures by each of these, the newest first. */
  static String of(String id, long seconds, String body, List<Keys> keys) {
    byte[] text = (id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .flatMap(
            one ->
                Stream.of(
                    "v1," + encode(hmac(one.secret(), text)),
                    "v1a," + encode(one.key().sign(text))))
        .collect(Collectors.joining(" "));
  }

  private static byte[] hmac(byte[] secret, byte[] text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
