package io.madang.chain.crypto;

/**
 * A point with the multiples that make multiplying it cheap, for points that come again and again.
 * About 92 kB; immutable, so threads may share it.
 */
public final class CurvePointTable {
  private static final int DIGITS = 64;

  /** Multiples of 16<sup>i</sup> P. */
  private final SmallMultiples[] rows = new SmallMultiples[DIGITS];

  private CurvePointTable(EdwardsPoint point) {
    for (int i = 0; i < DIGITS; i++) {
      rows[i] = new SmallMultiples(point);
      point.doubleTimes(SmallMultiples.DIGIT_BITS);
    }
  }

  /** The table of a point. */
  public static CurvePointTable of(CurvePoint point) {
    return new CurvePointTable(point.mutableCopy());
  }

  /**
   * The multiple by a factor of 32 bytes, lowest first and at most L, which may be secret: neither
   * branches nor indexes depend on it.
   */
  public CurvePoint secretMultiple(byte[] factor) {
    byte[] digits = SmallMultiples.digits(factor);
    var sum = new EdwardsPoint();
    var addend = new AddablePoint();
    for (int i = 0; i < DIGITS; i++) {
      rows[i].select(digits[i], addend);
      sum.add(addend);
    }
    return new CurvePoint(sum);
  }
}
