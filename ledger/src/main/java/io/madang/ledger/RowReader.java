package io.madang.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a row that {@link RowWriter} wrote, and nothing else.
 *
 * <p>A row that is not right means that what is stored was damaged, so every fault throws {@link
 * IllegalStateException}.
 */
final class RowReader {
  private final byte[] bytes;
  private int position;

  RowReader(byte[] bytes) {
    this.bytes = bytes;
  }

  private byte next() {
    if (position == bytes.length) {
      throw new IllegalStateException("the row ends too early");
    }
    return bytes[position++];
  }

  long number() {
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

  int smallNumber() {
    long value = number();
    if (value > Integer.MAX_VALUE) {
      throw new IllegalStateException("a number in the row is too large");
    }
    return (int) value;
  }

  boolean flag() {
    long value = number();
    if (value > 1) {
      throw new IllegalStateException("a flag in the row is neither 0 nor 1");
    }
    return value == 1;
  }

  long fixed() {
    return Bytes.longAt(fixed(Long.BYTES), 0);
  }

  byte[] fixed(int length) {
    if (length > bytes.length - position) {
      throw new IllegalStateException("the row ends too early");
    }
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  byte[] bytes() {
    return fixed(smallNumber());
  }

  String text() {
    var text = bytes();
    for (byte b : text) {
      if (b < 0) {
        throw new IllegalStateException("a text in the row is not ASCII");
      }
    }
    return new String(text, StandardCharsets.US_ASCII);
  }

  AccountId account() {
    return new AccountId(fixed(), fixed());
  }

  boolean atEnd() {
    return position == bytes.length;
  }
}
