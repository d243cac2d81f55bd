package io.madang.chain.crypto;

import java.math.BigInteger;

/**
 * Numbers modulo L, the order of the base point (RFC 8032, section 5.1). Variable time: for public
 * data only.
 */
final class Scalar {
  /** L = 2<sup>252</sup> + 27742317777372353535851937790883648493. */
  static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** Length of an encoding in bytes. */
  static final int LENGTH = 32;

  private static final long[] ORDER_WORDS = words(ORDER);

  private Scalar() {}

  /** Whether 32 bytes hold a number below L. */
  static boolean isCanonical(byte[] bytes, int offset) {
    for (int i = 3; i >= 0; i--) {
      int order = Long.compareUnsigned(LittleEndian.word(bytes, offset + 8 * i), ORDER_WORDS[i]);
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  /** The number in {@code length} bytes, lowest first. */
  static BigInteger decode(byte[] bytes, int offset, int length) {
    var bigEndian = new byte[length];
    for (int i = 0; i < length; i++) {
      bigEndian[length - 1 - i] = bytes[offset + i];
    }
    return new BigInteger(1, bigEndian);
  }

  /** The four 64-bit words, lowest first, of a number below 2<sup>256</sup>. */
  static long[] words(BigInteger number) {
    byte[] bigEndian = number.toByteArray();
    var words = new long[4];
    for (int i = 0; i < bigEndian.length && i < LENGTH; i++) {
      words[i >>> 3] |= (bigEndian[bigEndian.length - 1 - i] & 0xFFL) << (8 * (i & 7));
    }
    return words;
  }

  /**
   * Writes a number as a sum of few odd digits (width-w non-adjacent form): digit i counts
   * 2<sup>i</sup>, is 0 or odd and below 2<sup>width - 1</sup> in magnitude, and of {@code width}
   * neighbours at most one is not 0.
   *
   * @param words the number, 64 bits each, lowest first
   * @return one digit for each bit and one for a last carry
   */
  static byte[] nonAdjacentForm(long[] words, int width) {
    int bits = words.length * Long.SIZE;
    var digits = new byte[bits + 1];
    int carry = 0;
    int position = 0;
    while (position <= bits) {
      int window = bits(words, position, width) + carry;
      if ((window & 1) == 0) {
        position++;
        continue;
      }
      carry = window >>> (width - 1);
      digits[position] = (byte) (window - (carry << width));
      position += width;
    }
    return digits;
  }

  /** So many bits of a number from a position on; beyond its end they are 0. */
  static int bits(long[] words, int position, int count) {
    int word = position >>> 6;
    if (word >= words.length) {
      return 0;
    }
    int shift = position & 63;
    long bits = words[word] >>> shift;
    if (shift + count > Long.SIZE && word + 1 < words.length) {
      bits |= words[word + 1] << (Long.SIZE - shift);
    }
    return (int) bits & ((1 << count) - 1);
  }
}
