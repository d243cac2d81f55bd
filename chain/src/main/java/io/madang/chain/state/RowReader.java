package io.madang.chain.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a row that {@link RowWriter} wrote, and nothing else.
 *
 * <p>A row that is not right means that what is stored was damaged, so every fault throws {@link
 * IllegalStateException}.
 */
public final class RowReader {
  private final byte[] bytes;
  private int position;

  public RowReader(byte[] bytes) {
    this.bytes = bytes;
  }

  private byte next() {
    if (position == bytes.length) {
      throw new IllegalStateException("the row ends too early");
    }
    return bytes[position++];
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte b = next();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        if (b == 0 && shift > 0) {
          throw new IllegalStateException("a number in the row is longer than it must be");
        }
        return value;
      }
    }
    throw new IllegalStateException("a number in the row is too large");
  }

  public int smallNumber() {
    long value = number();
    if (value > Integer.MAX_VALUE) {
      throw new IllegalStateException("a number in the row is too large");
    }
    return (int) value;
  }

  public boolean flag() {
    long value = number();
    if (value > 1) {
      throw new IllegalStateException("a flag in the row is neither 0 nor 1");
    }
    return value == 1;
  }

  public long fixed() {
    return ByteBuffer.wrap(fixed(Long.BYTES)).getLong();
  }

  public byte[] fixed(int length) {
    if (length > bytes.length - position) {
      throw new IllegalStateException("the row ends too early");
    }
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  public byte[] bytes() {
    return fixed(smallNumber());
  }

  public String text() {
    var text = bytes();
    for (byte b : text) {
      if (b < 0) {
        throw new IllegalStateException("a text in the row is not ASCII");
      }
    }
    return new String(text, StandardCharsets.US_ASCII);
  }

  public boolean atEnd() {
    return position == bytes.length;
  }
}
