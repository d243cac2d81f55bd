package io.madang.chain.crypto;

/**
 * A point as the second operand of an addition: (y + x, y - x, 2 d t, 2 z), with z = 1 when affine.
 * Mutable; every part has at most two terms in the sense of {@link EdwardsPoint}.
 */
final class AddablePoint {
  final FieldElement yPlusX = new FieldElement();
  final FieldElement yMinusX = new FieldElement();
  final FieldElement t2d = new FieldElement();
  final FieldElement z2 = new FieldElement();

  /** Whether z is 1, and {@link #z2} therefore left out. */
  boolean affine;

  /** -(x, y) = (-x, y) swaps y + x and y - x and turns the sign of t. */
  void negate() {
    var swapped = new FieldElement();
    swapped.set(yPlusX);
    yPlusX.set(yMinusX);
    yMinusX.set(swapped);
    t2d.negate(t2d);
  }
}
