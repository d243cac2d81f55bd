package io.madang.chain.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a row: numbers as unsigned variable-length integers (seven bits a byte, lowest first),
 * texts and byte strings with their length before them. One value has one form.
 */
public final class RowWriter {
  private byte[] bytes = new byte[128];
  private int length;

  RowWriter() {}

  /** Starts a new row. */
  public RowWriter start() {
    length = 0;
    return this;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  public RowWriter number(long value) {
    if (value < 0) {
      throw new IllegalStateException("a negative number in a row: " + value);
    }
    reserve(9);
    long rest = value;
    while (rest > 0x7F) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  public RowWriter flag(boolean value) {
    return number(value ? 1 : 0);
  }

  /** Eight bytes, highest first. */
  public RowWriter fixed(long value) {
    reserve(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Bytes whose number the reader knows. */
  public RowWriter fixed(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  public RowWriter bytes(byte[] value) {
    return number(value.length).fixed(value);
  }

  /** ASCII text. */
  public RowWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.US_ASCII));
  }

  public byte[] finish() {
    return Arrays.copyOf(bytes, length);
  }
}
