package io.madang.chain.crypto;

/**
 * A sum n<sub>1</sub> P<sub>1</sub> + n<sub>2</sub> P<sub>2</sub> + … in which all terms share one
 * row of doublings (Straus 1964). Variable time: for public data only.
 */
final class SumOfMultiples {
  private final OddMultiples[] points;
  private final byte[][] digits;
  private int terms;
  private int longest;

  SumOfMultiples(int capacity) {
    points = new OddMultiples[capacity];
    digits = new byte[capacity][];
  }

  /** Adds a term; {@code words} is its factor, 64 bits each, lowest first. */
  void add(OddMultiples point, long... words) {
    points[terms] = point;
    digits[terms] = Scalar.nonAdjacentForm(words, point.width());
    longest = Math.max(longest, digits[terms].length);
    terms++;
  }

  EdwardsPoint compute() {
    var sum = new EdwardsPoint();
    for (int position = longest - 1; position >= 0; position--) {
      sum.doubleTimes(1);
      for (int term = 0; term < terms; term++) {
        byte[] digitsOfTerm = digits[term];
        int digit = position < digitsOfTerm.length ? digitsOfTerm[position] : 0;
        if (digit != 0) {
          sum.add(points[term], digit);
        }
      }
    }
    return sum;
  }
}
