package io.madang.chain;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A byte string that never changes, compared by its content. For fields whose length is not fixed:
 * a header's hashes may be empty, and other applications' state hashes have lengths of their own.
 */
public final class Bytes implements Comparable<Bytes> {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of these bytes. */
  public static Bytes of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /** The 32 bytes of a hash. */
  public static Bytes of(Hash hash) {
    return new Bytes(hash.bytes());
  }

  /**
   * The bytes of hexadecimal digits, in either case.
   *
   * @throws IllegalArgumentException when they are not pairs of digits
   */
  public static Bytes parseHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  public int length() {
    return content.length;
  }

  public boolean isEmpty() {
    return content.length == 0;
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return content.clone();
  }

  /** The bytes themselves, for hashing and writing; never changed, never handed out. */
  byte[] content() {
    return content;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Upper-case hexadecimal digits. */
  @Override
  public String toString() {
    return HEX.formatHex(content);
  }
}
