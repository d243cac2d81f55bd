package io.madang.voting.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The 512 bytes before each record: an old tar header with fixed owner and mode, and nothing else.
 * There is one form, so a header is read by writing it again and comparing.
 */
record ArchiveHeader(String name, long length, long timestampSeconds) {
  /** Length of a header, and what contents are padded to with zero bytes. */
  static final int BLOCK = 512;

  private static final int NAME_LENGTH = 100;
  private static final int LENGTH_OFFSET = 124;
  private static final int TIME_OFFSET = 136;
  private static final int NUMBER_DIGITS = 11;
  private static final int CHECKSUM_OFFSET = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int TYPE_OFFSET = 156;

  /** The bytes. */
  byte[] bytes() {
    var header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, LENGTH_OFFSET, octal(length, NUMBER_DIGITS));
    put(header, TIME_OFFSET, octal(timestampSeconds, NUMBER_DIGITS));
    put(header, TYPE_OFFSET, "0");
    Arrays.fill(header, CHECKSUM_OFFSET, CHECKSUM_OFFSET + CHECKSUM_LENGTH, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, CHECKSUM_OFFSET, octal(sum, 6));
    header[CHECKSUM_OFFSET + 6] = 0;
    return header;
  }

  /** Reads a header; empty unless it is the one form of some name, length and time. */
  static Optional<ArchiveHeader> read(byte[] bytes) {
    int end = 0;
    while (end < NAME_LENGTH && bytes[end] != 0) {
      end++;
    }
    var name = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    long length = number(bytes, LENGTH_OFFSET);
    long time = number(bytes, TIME_OFFSET);
    if (end == NAME_LENGTH || length < 0 || time < 0) {
      return Optional.empty();
    }
    var header = new ArchiveHeader(name, length, time);
    return Arrays.equals(header.bytes(), bytes) ? Optional.of(header) : Optional.empty();
  }

  /** The number in 11 octal digits, or -1. */
  private static long number(byte[] bytes, int offset) {
    long number = 0;
    for (int i = offset; i < offset + NUMBER_DIGITS; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      number = number * 8 + digit;
    }
    return number;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  private static String octal(long number, int digits) {
    var octal = Long.toOctalString(number);
    if (octal.length() > digits) {
      throw new IllegalArgumentException("too large for " + digits + " octal digits");
    }
    return "0".repeat(digits - octal.length()) + octal;
  }

  /** How many bytes a content takes with its padding. */
  static long padded(long length) {
    return Math.ceilDiv(length, (long) BLOCK) * BLOCK;
  }
}
