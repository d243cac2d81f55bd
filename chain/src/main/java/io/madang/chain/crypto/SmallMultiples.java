package io.madang.chain.crypto;

/**
 * The multiples 0, P, 2P … 8P of a point for signed digits of four bits. Choosing one reads all of
 * them and branches on none, so a secret digit shows neither in time nor in the cache. Immutable.
 */
final class SmallMultiples {
  static final int DIGIT_BITS = 4;

  private static final int COUNT = (1 << (DIGIT_BITS - 1)) + 1;
  private static final int PART = FieldElement.LIMBS;
  private static final int ENTRY = 4 * PART;

  private final long[] limbs = new long[COUNT * ENTRY];

  SmallMultiples(EdwardsPoint point) {
    var unit = new AddablePoint();
    point.toAddable(unit);
    var multiple = new EdwardsPoint();
    var addable = new AddablePoint();
    for (int i = 0; i < COUNT; i++) {
      multiple.toAddable(addable);
      addable.yPlusX.store(limbs, i * ENTRY);
      addable.yMinusX.store(limbs, i * ENTRY + PART);
      addable.t2d.store(limbs, i * ENTRY + 2 * PART);
      addable.z2.store(limbs, i * ENTRY + 3 * PART);
      multiple.add(unit);
    }
  }

  /** Digits from -8 to 8, lowest first, that sum up to a factor of 32 bytes below 2^255. */
  static byte[] digits(byte[] factor) {
    var digits = new byte[2 * factor.length];
    int carry = 0;
    for (int i = 0; i < digits.length; i++) {
      int digit = ((factor[i >>> 1] >>> (DIGIT_BITS * (i & 1))) & 15) + carry;
      carry = (digit + 8) >>> DIGIT_BITS;
      digits[i] = (byte) (digit - (carry << DIGIT_BITS));
    }
    return digits;
  }

  /** Loads the multiple that a digit, perhaps negative, names. */
  void select(int digit, AddablePoint result) {
    int negative = digit >> 31; // all ones or none
    int magnitude = (digit ^ negative) - negative;
    var chosen = new long[ENTRY];
    for (int entry = 0; entry < COUNT; entry++) {
      long mask = ((entry ^ magnitude) - 1L) >> 63; // all ones for the chosen entry
      for (int i = 0; i < ENTRY; i++) {
        chosen[i] |= limbs[entry * ENTRY + i] & mask;
      }
    }
    // -(x, y) = (-x, y) swaps y + x and y - x and turns the sign of t.
    for (int i = 0; i < PART; i++) {
      long difference = (chosen[i] ^ chosen[PART + i]) & negative;
      chosen[i] ^= difference;
      chosen[PART + i] ^= difference;
      chosen[2 * PART + i] = (chosen[2 * PART + i] ^ negative) - negative;
    }
    result.yPlusX.load(chosen, 0);
    result.yMinusX.load(chosen, PART);
    result.t2d.load(chosen, 2 * PART);
    result.z2.load(chosen, 3 * PART);
    result.affine = false;
  }
}
