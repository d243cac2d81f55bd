package io.madang.chain.crypto;

import java.math.BigInteger;

/**
 * A mutable number modulo p = 2<sup>255</sup> - 19 in five signed limbs of 51 bits. Variable time
 * in its tests and normalisation: for public data only.
 *
 * <p>Results are written into the receiver, which may also be an operand.
 *
 * <p><b>Bounds.</b> A <em>reduced</em> element has limbs of magnitude at most 2<sup>51</sup> +
 * 2<sup>14</sup>; products, squares and decoded numbers are reduced. Sums and differences are not
 * carried: an element made of n reduced ones has limbs up to n times that. {@link #multiply} and
 * {@link #square} take operands of at most <b>four</b> reduced terms, that is limbs below
 * 2<sup>53.5</sup>.
 */
final class FieldElement {
  /** p. */
  static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** How many limbs an element has. */
  static final int LIMBS = 5;

  private static final int LIMB_BITS = 51;
  private static final long MASK = (1L << LIMB_BITS) - 1;

  private long limb0;
  private long limb1;
  private long limb2;
  private long limb3;
  private long limb4;

  /** Zero. */
  FieldElement() {}

  static FieldElement of(BigInteger number) {
    var element = new FieldElement();
    BigInteger rest = number.mod(PRIME);
    element.set(
        rest.longValue() & MASK,
        rest.shiftRight(LIMB_BITS).longValue() & MASK,
        rest.shiftRight(2 * LIMB_BITS).longValue() & MASK,
        rest.shiftRight(3 * LIMB_BITS).longValue() & MASK,
        rest.shiftRight(4 * LIMB_BITS).longValue() & MASK);
    return element;
  }

  static FieldElement one() {
    var element = new FieldElement();
    element.limb0 = 1;
    return element;
  }

  private void set(long l0, long l1, long l2, long l3, long l4) {
    limb0 = l0;
    limb1 = l1;
    limb2 = l2;
    limb3 = l3;
    limb4 = l4;
  }

  void set(FieldElement other) {
    set(other.limb0, other.limb1, other.limb2, other.limb3, other.limb4);
  }

  void load(long[] limbs, int offset) {
    set(limbs[offset], limbs[offset + 1], limbs[offset + 2], limbs[offset + 3], limbs[offset + 4]);
  }

  void store(long[] limbs, int offset) {
    limbs[offset] = limb0;
    limbs[offset + 1] = limb1;
    limbs[offset + 2] = limb2;
    limbs[offset + 3] = limb3;
    limbs[offset + 4] = limb4;
  }

  /**
   * Reads 255 bits, little-endian, and leaves out the highest bit, which holds a sign in RFC 8032.
   *
   * @return whether the number is below p, as the one canonical encoding is
   */
  boolean decode(byte[] bytes, int offset) {
    long word0 = LittleEndian.word(bytes, offset);
    long word1 = LittleEndian.word(bytes, offset + 8);
    long word2 = LittleEndian.word(bytes, offset + 16);
    long word3 = LittleEndian.word(bytes, offset + 24);
    set(
        word0 & MASK,
        (word0 >>> 51 | word1 << 13) & MASK,
        (word1 >>> 38 | word2 << 26) & MASK,
        (word2 >>> 25 | word3 << 39) & MASK,
        word3 >>> 12 & MASK);
    boolean highLimbsFull = (limb1 & limb2 & limb3 & limb4) == MASK;
    return !(highLimbsFull && limb0 >= MASK - 18);
  }

  /** Writes the canonical 32 bytes; the highest bit is clear. */
  void encode(byte[] bytes, int offset) {
    normalize();
    LittleEndian.putWord(bytes, offset, limb0 | limb1 << 51);
    LittleEndian.putWord(bytes, offset + 8, limb1 >>> 13 | limb2 << 38);
    LittleEndian.putWord(bytes, offset + 16, limb2 >>> 26 | limb3 << 25);
    LittleEndian.putWord(bytes, offset + 24, limb3 >>> 39 | limb4 << 12);
  }

  void add(FieldElement a, FieldElement b) {
    set(
        a.limb0 + b.limb0,
        a.limb1 + b.limb1,
        a.limb2 + b.limb2,
        a.limb3 + b.limb3,
        a.limb4 + b.limb4);
  }

  void subtract(FieldElement a, FieldElement b) {
    set(
        a.limb0 - b.limb0,
        a.limb1 - b.limb1,
        a.limb2 - b.limb2,
        a.limb3 - b.limb3,
        a.limb4 - b.limb4);
  }

  void negate(FieldElement a) {
    set(-a.limb0, -a.limb1, -a.limb2, -a.limb3, -a.limb4);
  }

  /**
   * The 51-bit digit above the lowest of a product: floor(a * b / 2<sup>51</sup>), given a *
   * 2<sup>9</sup> and b * 2<sup>4</sup>, because {@code multiplyHigh} divides by 2<sup>64</sup>.
   */
  private static long high(long aTimes512, long bTimes16) {
    return Math.multiplyHigh(aTimes512, bTimes16);
  }

  /** Sets this to a * b. */
  void multiply(FieldElement a, FieldElement b) {
    // Schoolbook columns; 2^255 = 19 folds the upper ones down. Each column k is kept twice: the
    // sum of
    // its products modulo 2^64 (low) and the sum of their parts above 51 bits (high). Both are
    // cheap
    // where a 128-bit sum is not, and low - high * 2^51, below 5 * 2^51, is exact although each
    // half
    // wraps. With limbs below 2^53.5 a high sum is at most (1 + 4 * 19) * 2^56 and 19 times the
    // last one
    // at most 95 * 2^56, both below 2^63; the shifted operands stay below 2^63 too.
    long a0 = a.limb0;
    long a1 = a.limb1;
    long a2 = a.limb2;
    long a3 = a.limb3;
    long a4 = a.limb4;
    long b0 = b.limb0;
    long b1 = b.limb1;
    long b2 = b.limb2;
    long b3 = b.limb3;
    long b4 = b.limb4;
    long b1x19 = b1 * 19;
    long b2x19 = b2 * 19;
    long b3x19 = b3 * 19;
    long b4x19 = b4 * 19;

    long low0 = a0 * b0 + a1 * b4x19 + a2 * b3x19 + a3 * b2x19 + a4 * b1x19;
    long low1 = a0 * b1 + a1 * b0 + a2 * b4x19 + a3 * b3x19 + a4 * b2x19;
    long low2 = a0 * b2 + a1 * b1 + a2 * b0 + a3 * b4x19 + a4 * b3x19;
    long low3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + a4 * b4x19;
    long low4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;

    a0 <<= 9;
    a1 <<= 9;
    a2 <<= 9;
    a3 <<= 9;
    a4 <<= 9;
    b0 <<= 4;
    b1 <<= 4;
    b2 <<= 4;
    b3 <<= 4;
    b4 <<= 4;
    b1x19 <<= 4;
    b2x19 <<= 4;
    b3x19 <<= 4;
    b4x19 <<= 4;

    long high0 =
        high(a0, b0) + high(a1, b4x19) + high(a2, b3x19) + high(a3, b2x19) + high(a4, b1x19);
    long high1 = high(a0, b1) + high(a1, b0) + high(a2, b4x19) + high(a3, b3x19) + high(a4, b2x19);
    long high2 = high(a0, b2) + high(a1, b1) + high(a2, b0) + high(a3, b4x19) + high(a4, b3x19);
    long high3 = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0) + high(a4, b4x19);
    long high4 = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);

    carry(
        low0 - (high0 << LIMB_BITS) + high4 * 19,
        low1 - (high1 << LIMB_BITS) + high0,
        low2 - (high2 << LIMB_BITS) + high1,
        low3 - (high3 << LIMB_BITS) + high2,
        low4 - (high4 << LIMB_BITS) + high3);
  }

  /** Sets this to a * a. */
  void square(FieldElement a) {
    squareTimes(a, 1);
  }

  /** Sets this to a<sup>2^times</sup>, for times of at least 1. */
  void squareTimes(FieldElement a, int times) {
    long a0 = a.limb0;
    long a1 = a.limb1;
    long a2 = a.limb2;
    long a3 = a.limb3;
    long a4 = a.limb4;
    for (int i = 0; i < times; i++) {
      // As in multiply, with equal products counted once and doubled.
      long a0x2 = a0 * 2;
      long a1x2 = a1 * 2;
      long a3x19 = a3 * 19;
      long a4x19 = a4 * 19;

      long low0 = a0 * a0 + ((a1 * a4x19 + a2 * a3x19) << 1);
      long low1 = a0x2 * a1 + ((a2 * a4x19) << 1) + a3 * a3x19;
      long low2 = a0x2 * a2 + a1 * a1 + ((a3 * a4x19) << 1);
      long low3 = a0x2 * a3 + a1x2 * a2 + a4 * a4x19;
      long low4 = a0x2 * a4 + a1x2 * a3 + a2 * a2;

      // The doubled operand takes the factor 2^4: 2 * 2^53.5 * 2^4 and 19 * 2^53.5 * 2^4 stay below
      // 2^63, and so does 2^53.5 * 2^9. Doubling a high part would not do: it has lost its low
      // bits.
      long a4s = a4 << 9;
      long a3s = a3 << 9;
      long a2s = a2 << 9;
      long a1s = a1 << 9;
      long a0d = a0x2 << 4;
      long a1d = a1x2 << 4;
      long a3t = a3x19 << 4;
      long a4t = a4x19 << 4;
      long a3td = a3t << 1;
      long a4td = a4t << 1;

      long high0 = high(a0 << 9, a0 << 4) + high(a1s, a4td) + high(a2s, a3td);
      long high1 = high(a1s, a0d) + high(a2s, a4td) + high(a3s, a3t);
      long high2 = high(a2s, a0d) + high(a1s, a1 << 4) + high(a3s, a4td);
      long high3 = high(a3s, a0d) + high(a2s, a1d) + high(a4s, a4t);
      long high4 = high(a4s, a0d) + high(a3s, a1d) + high(a2s, a2 << 4);

      carry(
          low0 - (high0 << LIMB_BITS) + high4 * 19,
          low1 - (high1 << LIMB_BITS) + high0,
          low2 - (high2 << LIMB_BITS) + high1,
          low3 - (high3 << LIMB_BITS) + high2,
          low4 - (high4 << LIMB_BITS) + high3);
      a0 = limb0;
      a1 = limb1;
      a2 = limb2;
      a3 = limb3;
      a4 = limb4;
    }
  }

  /** Takes every limb's excess to the next at the same time: below 2^63 in, reduced out. */
  private void carry(long l0, long l1, long l2, long l3, long l4) {
    set(
        (l0 & MASK) + (l4 >> LIMB_BITS) * 19,
        (l1 & MASK) + (l0 >> LIMB_BITS),
        (l2 & MASK) + (l1 >> LIMB_BITS),
        (l3 & MASK) + (l2 >> LIMB_BITS),
        (l4 & MASK) + (l3 >> LIMB_BITS));
  }

  /** Brings this to the one form with limbs in [0, 2<sup>51</sup>) and a value below p. */
  private void normalize() {
    // The first pass leaves at most a few units too many or too few in the lowest limb. Should the
    // second then run over the top, the limbs it passed are all empty or full, and it ends there.
    carryInOrder();
    carryInOrder();
    // Now 0 <= value < 2^255; it is at least p exactly when adding 19 reaches 2^255.
    long reached = (limb0 + 19) >> LIMB_BITS;
    reached = (limb1 + reached) >> LIMB_BITS;
    reached = (limb2 + reached) >> LIMB_BITS;
    reached = (limb3 + reached) >> LIMB_BITS;
    reached = (limb4 + reached) >> LIMB_BITS;
    limb0 += 19 * reached;
    carryInOrder();
    limb0 -= 19 * reached; // carryInOrder took the 2^255 off and added 19 for it
  }

  private void carryInOrder() {
    limb1 += limb0 >> LIMB_BITS;
    limb0 &= MASK;
    limb2 += limb1 >> LIMB_BITS;
    limb1 &= MASK;
    limb3 += limb2 >> LIMB_BITS;
    limb2 &= MASK;
    limb4 += limb3 >> LIMB_BITS;
    limb3 &= MASK;
    limb0 += (limb4 >> LIMB_BITS) * 19;
    limb4 &= MASK;
  }

  boolean isZero() {
    normalize();
    return (limb0 | limb1 | limb2 | limb3 | limb4) == 0;
  }

  /** The lowest bit of the number below p, which RFC 8032 calls the sign of x. */
  boolean isOdd() {
    normalize();
    return (limb0 & 1) == 1;
  }

  /** Sets this to 1 / a, or to 0 when a is 0 (Fermat: a to the power of p - 2). */
  void invert(FieldElement a) {
    var base = new FieldElement();
    base.set(a);
    var cube = new FieldElement();
    cube.square(base);
    cube.multiply(cube, base);
    power2To252Minus3(base);
    squareTimes(this, 3);
    multiply(this, cube); // 8 * (2^252 - 3) + 3 = 2^255 - 21
  }

  /** Sets this to a<sup>2^252 - 3</sup>, which is a to the power of (p - 5) / 8. */
  void power2To252Minus3(FieldElement a) {
    // A "run" of n is a to the power of n ones in binary.
    var run1 = new FieldElement();
    run1.set(a);
    var run2 = extended(run1, run1, 1);
    var run4 = extended(run2, run2, 2);
    var run5 = extended(run4, run1, 1);
    var run10 = extended(run5, run5, 5);
    var run20 = extended(run10, run10, 10);
    var run40 = extended(run20, run20, 20);
    var run50 = extended(run40, run10, 10);
    var run100 = extended(run50, run50, 50);
    var run200 = extended(run100, run100, 100);
    var run250 = extended(run200, run50, 50);
    squareTimes(run250, 2);
    multiply(this, run1); // 4 * (2^250 - 1) + 1
  }

  /** From a run of m ones and one of n ones, a run of m + n. */
  private static FieldElement extended(FieldElement run, FieldElement shorter, int shorterLength) {
    var result = new FieldElement();
    result.squareTimes(run, shorterLength);
    result.multiply(result, shorter);
    return result;
  }
}
