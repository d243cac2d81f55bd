package io.madang.chain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of the JDK, which is fast (it uses the processor's instructions) and always present. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform must have SHA-256 (java.security.MessageDigest).
      throw new AssertionError(impossible);
    }
  }

  static byte[] digest(byte[] content) {
    return start().digest(content);
  }
}
