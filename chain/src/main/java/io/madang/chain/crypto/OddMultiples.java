package io.madang.chain.crypto;

/**
 * The odd multiples P, 3P, 5P … (2<sup>width - 1</sup> - 1)P of a point, ready to be added: the
 * digits of a non-adjacent form of that width. Immutable.
 */
final class OddMultiples {
  private static final int PART = FieldElement.LIMBS;

  private final int width;
  private final boolean affine;

  /** y + x, y - x, 2 d t and, unless affine, 2 z of each multiple in turn. */
  private final long[] limbs;

  private OddMultiples(int width, boolean affine) {
    this.width = width;
    this.affine = affine;
    this.limbs = new long[count(width) * parts(affine) * PART];
  }

  /** A table that is quick to make: no inversion. For points used once. */
  static OddMultiples of(EdwardsPoint point, int width) {
    var table = new OddMultiples(width, false);
    EdwardsPoint multiple = point.copy();
    multiple.doubleTimes(1);
    var twice = new AddablePoint();
    multiple.toAddable(twice);
    multiple.set(point);
    var addable = new AddablePoint();
    multiple.toAddable(addable);
    table.store(0, addable);
    for (int i = 1; i < count(width); i++) {
      multiple.add(twice);
      multiple.toAddable(addable);
      table.store(i, addable);
    }
    return table;
  }

  /** A table that is quick to use and a quarter smaller, for points that come again. */
  static OddMultiples affineOf(EdwardsPoint point, int width) {
    OddMultiples projective = of(point, width);
    var table = new OddMultiples(width, true);
    int count = count(width);

    // All divisions by z at the price of one (Montgomery): running products up, one inverse, back
    // down.
    var products = new FieldElement[count];
    var addable = new AddablePoint();
    var product = FieldElement.one();
    for (int i = 0; i < count; i++) {
      products[i] = new FieldElement();
      products[i].set(product);
      projective.load(2 * i + 1, addable);
      product.multiply(product, addable.z2);
    }
    var inverse = new FieldElement();
    inverse.invert(product);
    var inverseOfZ = new FieldElement();
    for (int i = count - 1; i >= 0; i--) {
      projective.load(2 * i + 1, addable);
      inverseOfZ.multiply(inverse, products[i]);
      inverse.multiply(inverse, addable.z2);
      inverseOfZ.add(inverseOfZ, inverseOfZ); // 2 terms: 2 / (2 z)
      addable.yPlusX.multiply(addable.yPlusX, inverseOfZ);
      addable.yMinusX.multiply(addable.yMinusX, inverseOfZ);
      addable.t2d.multiply(addable.t2d, inverseOfZ);
      table.store(i, addable);
    }
    return table;
  }

  /** The width of the non-adjacent form whose digits this table serves. */
  int width() {
    return width;
  }

  /** Loads the multiple that {@code digit}, odd and perhaps negative, names. */
  void load(int digit, AddablePoint result) {
    int parts = parts(affine);
    int start = (Math.abs(digit) >>> 1) * parts * PART;
    boolean negative = digit < 0;
    // -(x, y) = (-x, y) swaps y + x and y - x and turns the sign of t.
    (negative ? result.yMinusX : result.yPlusX).load(limbs, start);
    (negative ? result.yPlusX : result.yMinusX).load(limbs, start + PART);
    result.t2d.load(limbs, start + 2 * PART);
    if (negative) {
      result.t2d.negate(result.t2d);
    }
    if (!affine) {
      result.z2.load(limbs, start + 3 * PART);
    }
    result.affine = affine;
  }

  private void store(int index, AddablePoint addable) {
    int start = index * parts(affine) * PART;
    addable.yPlusX.store(limbs, start);
    addable.yMinusX.store(limbs, start + PART);
    addable.t2d.store(limbs, start + 2 * PART);
    if (!affine) {
      addable.z2.store(limbs, start + 3 * PART);
    }
  }

  private static int count(int width) {
    return 1 << (width - 2);
  }

  private static int parts(boolean affine) {
    return affine ? 3 : 4;
  }
}
