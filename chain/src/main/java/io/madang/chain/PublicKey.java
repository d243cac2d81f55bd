package io.madang.chain;

import java.util.Arrays;

/**
 * A signer's public key: the algorithm and its raw bytes (Ed25519: 32, RFC 8032; P-256: the 33-byte
 * compressed point, SEC 1 section 2.3.3). Its text form is base64url and names the algorithm by its
 * length: 43 or 44 characters.
 *
 * <p>Being well-formed is all that this type promises. Whether the bytes are an acceptable point is
 * decided where signatures are verified.
 */
public final class PublicKey implements Comparable<PublicKey> {
  /** Which signature scheme a key belongs to, with its name in JWS (RFC 7518, RFC 8037). */
  public enum Algorithm {
    ED25519("EdDSA", 32, 43),
    P256("ES256", 33, 44);

    private final String joseName;
    private final int byteLength;
    private final int textLength;

    Algorithm(String joseName, int byteLength, int textLength) {
      this.joseName = joseName;
      this.byteLength = byteLength;
      this.textLength = textLength;
    }

    /** The {@code alg} of a JWS header. */
    public String joseName() {
      return joseName;
    }

    /** Length of the raw key. */
    public int byteLength() {
      return byteLength;
    }

    /** Length of the text form. */
    int textLength() {
      return textLength;
    }
  }

  private final Algorithm algorithm;
  private final byte[] bytes;
  private final String text;

  private PublicKey(Algorithm algorithm, byte[] bytes, String text) {
    this.algorithm = algorithm;
    this.bytes = bytes;
    this.text = text;
  }

  /**
   * A key from its raw bytes.
   *
   * @throws IllegalArgumentException when the length is not the algorithm's
   */
  public static PublicKey of(Algorithm algorithm, byte[] bytes) {
    if (bytes.length != algorithm.byteLength) {
      throw new IllegalArgumentException(
          algorithm + " keys have " + algorithm.byteLength + " bytes, not " + bytes.length);
    }
    return new PublicKey(algorithm, bytes.clone(), Base64Url.encode(bytes));
  }

  /**
   * A key from its text form.
   *
   * @throws IllegalArgumentException when it is not the one base64url form of a key
   */
  public static PublicKey parse(String text) {
    for (var algorithm : Algorithm.values()) {
      if (text.length() == algorithm.textLength) {
        return of(
            algorithm,
            Base64Url.decode(text)
                .orElseThrow(() -> new IllegalArgumentException("a key is strict base64url")));
      }
    }
    throw new IllegalArgumentException("a key has 43 or 44 characters, not " + text.length());
  }

  public Algorithm algorithm() {
    return algorithm;
  }

  /** A copy of the raw bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public int compareTo(PublicKey other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The base64url form, as in a JWS {@code kid}. */
  @Override
  public String toString() {
    return text;
  }
}
