package io.madang.chain.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A point of edwards25519 (RFC 8032, section 5.1) as a value, for protocols that compute with
 * points themselves. Immutable. Factors are 32 bytes, lowest first, and at most the order L of the
 * base point.
 *
 * <p>Only methods that say {@code secret} hide the factor: neither branches nor indexes depend on
 * it.
 */
public final class CurvePoint {
  private static final CurvePoint BASE = new CurvePoint(EdwardsCurve.basePoint());
  private static final CurvePoint NEUTRAL = new CurvePoint(new EdwardsPoint());

  /** Never changed, since others may be reading it. */
  private final EdwardsPoint point;

  CurvePoint(EdwardsPoint point) {
    this.point = point;
  }

  /** The base point B. */
  public static CurvePoint base() {
    return BASE;
  }

  /** The neutral point (0, 1). */
  public static CurvePoint neutral() {
    return NEUTRAL;
  }

  /**
   * The point that 32 bytes encode canonically; empty when there is none. It may have a part of
   * small order: multiply by L to know.
   */
  public static Optional<CurvePoint> decode(byte[] encoded) {
    return encoded.length == Ed25519PublicKey.LENGTH
        ? EdwardsPoint.decode(encoded, 0).map(CurvePoint::new)
        : Optional.empty();
  }

  /** The 32 bytes that encode this point. */
  public byte[] encode() {
    return point.encode();
  }

  /** As {@link #encode} of each, in order; together they cost little more than one. */
  public static List<byte[]> encode(List<CurvePoint> points) {
    return EdwardsPoint.encode(points.stream().map(point -> point.point).toList());
  }

  /** The sum of two points. */
  public CurvePoint plus(CurvePoint other) {
    var addend = new AddablePoint();
    other.point.toAddable(addend);
    EdwardsPoint sum = point.copy();
    sum.add(addend);
    return new CurvePoint(sum);
  }

  EdwardsPoint mutableCopy() {
    return point.copy();
  }

  /** The point whose sum with this is neutral. */
  public CurvePoint negated() {
    EdwardsPoint negated = point.copy();
    negated.negate();
    return new CurvePoint(negated);
  }

  /** Whether this is the neutral point. */
  public boolean isNeutral() {
    return point.copy().isNeutral();
  }

  /** The multiples by several public factors, which share their doublings. Variable time. */
  public List<CurvePoint> multiples(List<byte[]> factors) {
    var sums = new ArrayList<DigitBuckets>();
    int length = 0;
    for (byte[] factor : factors) {
      var buckets = new DigitBuckets(factor);
      sums.add(buckets);
      length = Math.max(length, buckets.length());
    }
    EdwardsPoint power = point.copy();
    var addend = new AddablePoint();
    for (int position = 0; position < length; position++) {
      boolean prepared = false;
      for (DigitBuckets buckets : sums) {
        if (buckets.hasDigit(position)) {
          if (!prepared) {
            power.toAddable(addend);
            prepared = true;
          }
          buckets.add(position, addend);
        }
      }
      power.doubleTimes(1);
    }
    return sums.stream().map(buckets -> new CurvePoint(buckets.total())).toList();
  }

  /** The multiple by a secret factor. */
  public CurvePoint secretMultiple(byte[] factor) {
    var table = new SmallMultiples(point);
    byte[] digits = SmallMultiples.digits(factor);
    var sum = new EdwardsPoint();
    var addend = new AddablePoint();
    for (int i = digits.length - 1; i >= 0; i--) {
      sum.doubleTimes(SmallMultiples.DIGIT_BITS);
      table.select(digits[i], addend);
      sum.add(addend);
    }
    return new CurvePoint(sum);
  }
}
