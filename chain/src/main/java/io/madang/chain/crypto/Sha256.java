package io.madang.chain.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of the JDK, which is fast (it uses the processor's instructions) and always present. */
public final class Sha256 {
  /** Length of a digest, in bytes. */
  public static final int LENGTH = 32;

  private Sha256() {}

  /** A digest to be fed. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform must have SHA-256 (java.security.MessageDigest).
      throw new AssertionError(impossible);
    }
  }

  /** The digest of some bytes. */
  public static byte[] digest(byte[] content) {
    return start().digest(content);
  }
}
