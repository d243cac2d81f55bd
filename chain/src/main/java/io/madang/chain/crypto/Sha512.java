package io.madang.chain.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-512 of the JDK, which uses the processor's instructions. */
final class Sha512 {
  private Sha512() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException impossible) {
      // The SUN provider, part of java.base in every JDK, has it.
      throw new AssertionError(impossible);
    }
  }
}
