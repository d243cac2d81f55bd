package io.madang.gateway.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The gateway's one secret. Every use has a key of its own, derived by HKDF (RFC 5869), so that
 * what is made for one use means nothing for another. Never shown by {@link #toString}.
 */
public final class MasterSecret {
  /** Shortest secret that is taken, in bytes. */
  public static final int MIN_LENGTH = 32;

  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey hashing;
  private final SecretKey sealing;

  /**
   * The secret of these bytes, which come from a secure random source.
   *
   * @throws IllegalArgumentException when there are fewer than {@value #MIN_LENGTH}, or all are the
   *     same
   */
  public MasterSecret(byte[] secret) {
    if (secret.length < MIN_LENGTH) {
      throw new IllegalArgumentException("a master secret has at least 32 bytes");
    }
    boolean allSame = true;
    for (byte one : secret) {
      allSame &= one == secret[0];
    }
    if (allSame) throw new IllegalArgumentException("a master secret of one byte repeated");
    hashing = derive(secret, "madang/gateway/hash/v1");
    sealing = derive(secret, "madang/gateway/seal/v1");
  }

  private static SecretKey derive(byte[] secret, String use) {
    try {
      var parameters =
          HKDFParameterSpec.ofExtract()
              .addIKM(secret)
              .thenExpand(use.getBytes(StandardCharsets.US_ASCII), 32);
      var key = KDF.getInstance("HKDF-SHA256").deriveData(parameters);
      return new SecretKeySpec(key, "HmacSHA256");
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** A random token of 256 bits in base64url. */
  public static byte[] random(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /**
   * A keyed hash (HMAC-SHA-256), 32 bytes: equal words of one use have equal hashes, and nobody
   * without the secret can try words out.
   */
  public byte[] hash(String use, byte[] words) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(hashing);
      mac.update(use.getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) 0);
      return mac.doFinal(words);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** A keyed hash of text. */
  public byte[] hash(String use, String words) {
    return hash(use, words.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Encrypts (AES-256-GCM, random nonce first).
   *
   * @param use what for, and whose: opening needs the same
   */
  public byte[] seal(String use, byte[] plain) {
    byte[] nonce = random(NONCE_LENGTH);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, use, nonce, plain);
    var out = Arrays.copyOf(nonce, NONCE_LENGTH + sealed.length);
    System.arraycopy(sealed, 0, out, NONCE_LENGTH, sealed.length);
    return out;
  }

  /**
   * Decrypts what {@link #seal} made.
   *
   * @throws IllegalStateException when it was sealed with another secret or for another use, or was
   *     changed
   */
  public byte[] open(String use, byte[] sealed) {
    if (sealed.length < NONCE_LENGTH) throw new IllegalStateException("nothing was sealed here");
    return crypt(
        Cipher.DECRYPT_MODE,
        use,
        Arrays.copyOf(sealed, NONCE_LENGTH),
        Arrays.copyOfRange(sealed, NONCE_LENGTH, sealed.length));
  }

  private byte[] crypt(int mode, String use, byte[] nonce, byte[] input) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(sealing.getEncoded(), "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(use.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(
          "cannot be opened: another secret or use, or changed", failed);
    }
  }

  /** Says nothing. */
  @Override
  public String toString() {
    return "master secret";
  }
}
