package io.madang.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of the JDK. */
final class Sha256 {
  static final int LENGTH = 32;

  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform must have SHA-256 (java.security.MessageDigest).
      throw new AssertionError(impossible);
    }
  }
}
