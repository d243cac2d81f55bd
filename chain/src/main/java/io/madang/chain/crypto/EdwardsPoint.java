package io.madang.chain.crypto;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * A mutable point of the curve -x<sup>2</sup> + y<sup>2</sup> = 1 + d x<sup>2</sup> y<sup>2</sup>
 * (edwards25519, RFC 8032, section 5.1), with the complete formulas of Hisil, Wong, Carter and
 * Dawson (2008). Variable time: for public data only.
 *
 * <p>The point is (x/z, y/z). The product t = x y / z, which only an addition needs, is kept as two
 * factors and multiplied out there. In comments, "n terms" counts reduced field elements in a sum;
 * the field multiplies at most four.
 */
final class EdwardsPoint {
  private final FieldElement x = new FieldElement();
  private final FieldElement y = FieldElement.one();
  private final FieldElement z = FieldElement.one();
  private final FieldElement tLeft = new FieldElement();
  private final FieldElement tRight = FieldElement.one();

  // Room for the formulas, so that a long sum allocates nothing.
  private final FieldElement a = new FieldElement();
  private final FieldElement b = new FieldElement();
  private final FieldElement c = new FieldElement();
  private final FieldElement f = new FieldElement();
  private final FieldElement g = new FieldElement();
  private final AddablePoint addend = new AddablePoint();

  /** The neutral point (0, 1). */
  EdwardsPoint() {}

  /**
   * The point that 32 bytes encode (RFC 8032, section 5.1.3): its y and the lowest bit of its x.
   *
   * <p>Empty when y is not below p, no point has that y, or the bit is set although x is 0. So
   * every point has exactly one accepted encoding.
   */
  static Optional<EdwardsPoint> decode(byte[] bytes, int offset) {
    var point = new EdwardsPoint();
    if (!point.y.decode(bytes, offset)) {
      return Optional.empty();
    }
    // x^2 = (y^2 - 1) / (d y^2 + 1), and the root of u/v is u v^3 (u v^7)^((p-5)/8), perhaps times
    // the
    // root of -1.
    var u = new FieldElement();
    var v = new FieldElement();
    u.square(point.y);
    v.multiply(u, EdwardsCurve.D);
    u.subtract(u, point.z); // 2 terms; z is 1
    v.add(v, point.z); // 2 terms
    FieldElement x = point.x;
    FieldElement v3 = point.a;
    FieldElement power = point.b;
    v3.square(v);
    v3.multiply(v3, v);
    power.square(v3);
    power.multiply(power, v);
    power.multiply(power, u);
    power.power2To252Minus3(power);
    x.multiply(u, v3);
    x.multiply(x, power);

    FieldElement check = point.c;
    FieldElement difference = point.f;
    check.square(x);
    check.multiply(check, v);
    difference.subtract(check, u);
    if (!difference.isZero()) {
      difference.add(check, u);
      if (!difference.isZero()) {
        return Optional.empty();
      }
      x.multiply(x, EdwardsCurve.ROOT_OF_MINUS_ONE);
    }
    boolean odd = bytes[offset + 31] < 0;
    if (x.isOdd() != odd) {
      if (x.isZero()) {
        return Optional.empty();
      }
      x.negate(x);
    }
    point.tLeft.set(x);
    point.tRight.set(point.y);
    return Optional.of(point);
  }

  /** The 32 bytes that encode this point. */
  byte[] encode() {
    var inverse = new FieldElement();
    inverse.invert(z);
    return encode(inverse);
  }

  /** The encodings of many points at little more than the price of one division (Montgomery). */
  static List<byte[]> encode(List<EdwardsPoint> points) {
    var products = new FieldElement[points.size()];
    var product = FieldElement.one();
    for (int i = 0; i < products.length; i++) {
      products[i] = new FieldElement();
      products[i].set(product);
      product.multiply(product, points.get(i).z);
    }
    var inverse = new FieldElement();
    inverse.invert(product); // no point has z = 0
    var inverseOfZ = new FieldElement();
    var encodings = new ArrayDeque<byte[]>();
    for (int i = products.length - 1; i >= 0; i--) {
      EdwardsPoint point = points.get(i);
      inverseOfZ.multiply(inverse, products[i]);
      inverse.multiply(inverse, point.z);
      encodings.addFirst(point.encode(inverseOfZ));
    }
    return List.copyOf(encodings);
  }

  private byte[] encode(FieldElement inverseOfZ) {
    var affineX = new FieldElement();
    var affineY = new FieldElement();
    affineX.multiply(x, inverseOfZ);
    affineY.multiply(y, inverseOfZ);
    var bytes = new byte[32];
    affineY.encode(bytes, 0);
    if (affineX.isOdd()) {
      bytes[31] |= (byte) 0x80;
    }
    return bytes;
  }

  EdwardsPoint copy() {
    var copy = new EdwardsPoint();
    copy.set(this);
    return copy;
  }

  void set(EdwardsPoint other) {
    x.set(other.x);
    y.set(other.y);
    z.set(other.z);
    tLeft.set(other.tLeft);
    tRight.set(other.tRight);
  }

  void negate() {
    x.negate(x);
    tLeft.negate(tLeft);
  }

  /** Sets this to twice itself, {@code times} times. */
  void doubleTimes(int times) {
    for (int i = 0; i < times; i++) {
      a.square(x);
      b.square(y);
      c.add(x, y); // 2 terms
      c.square(c);
      tRight.add(a, b); // H, 2 terms
      tLeft.subtract(tRight, c); // E, 3 terms
      g.subtract(a, b); // G, 2 terms
      f.square(z);
      f.add(f, f);
      f.add(f, g); // F, 4 terms
      finish();
    }
  }

  /** Adds the multiple that {@code digit}, odd and perhaps negative, names. */
  void add(OddMultiples multiples, int digit) {
    multiples.load(digit, addend);
    add(addend);
  }

  void add(AddablePoint other) {
    a.subtract(y, x); // 2 terms
    a.multiply(a, other.yMinusX);
    b.add(y, x); // 2 terms
    b.multiply(b, other.yPlusX);
    c.multiply(tLeft, tRight);
    c.multiply(c, other.t2d);
    if (other.affine) {
      g.add(z, z); // D, 2 terms
    } else {
      g.multiply(z, other.z2);
    }
    tLeft.subtract(b, a); // E, 2 terms
    tRight.add(b, a); // H, 2 terms
    f.subtract(g, c); // F, 3 terms
    g.add(g, c); // G, 3 terms
    finish();
  }

  private void finish() {
    x.multiply(tLeft, f);
    y.multiply(g, tRight);
    z.multiply(f, g);
  }

  /** Writes this in the form that {@link #add(AddablePoint)} takes. */
  void toAddable(AddablePoint result) {
    result.yPlusX.add(y, x); // 2 terms
    result.yMinusX.subtract(y, x); // 2 terms
    result.t2d.multiply(tLeft, tRight);
    result.t2d.multiply(result.t2d, EdwardsCurve.D2);
    result.z2.add(z, z); // 2 terms
    result.affine = false;
  }

  /** Whether 8 times this point is the neutral point: the sum of a cofactored equation is zero. */
  boolean isOfSmallOrder() {
    EdwardsPoint multiple = copy();
    multiple.doubleTimes(3);
    multiple.f.subtract(multiple.y, multiple.z);
    return multiple.x.isZero() && multiple.f.isZero();
  }

  /** Whether this is the neutral point. Uses this point's own room. */
  boolean isNeutral() {
    f.subtract(y, z);
    a.set(x);
    return a.isZero() && f.isZero();
  }
}
