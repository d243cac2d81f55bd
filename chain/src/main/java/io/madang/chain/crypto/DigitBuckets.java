package io.madang.chain.crypto;

/**
 * One multiple of a point, summed from its lowest digit up (Yao 1976): 2<sup>i</sup> P goes into
 * the bucket of digit i's magnitude, and the multiple is the sum of all buckets, each times its
 * magnitude. Several multiples of one point then share the 2<sup>i</sup> P. Variable time.
 */
final class DigitBuckets {
  private static final int WIDTH = 5;
  private static final int BUCKETS = 1 << (WIDTH - 2);

  private final byte[] digits;
  private final int length;
  private final EdwardsPoint[] buckets = new EdwardsPoint[BUCKETS];

  DigitBuckets(byte[] factor) {
    var words = new long[4];
    for (int i = 0; i < words.length; i++) {
      words[i] = LittleEndian.word(factor, 8 * i);
    }
    digits = Scalar.nonAdjacentForm(words, WIDTH);
    int top = digits.length;
    while (top > 0 && digits[top - 1] == 0) {
      top--;
    }
    length = top;
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] = new EdwardsPoint();
    }
  }

  /** One more than the position of the highest digit that is not 0. */
  int length() {
    return length;
  }

  boolean hasDigit(int position) {
    return position < length && digits[position] != 0;
  }

  /** Adds 2<sup>position</sup> P as the digit there demands. */
  void add(int position, AddablePoint power) {
    int digit = digits[position];
    EdwardsPoint bucket = buckets[Math.abs(digit) >>> 1];
    if (digit > 0) {
      bucket.add(power);
    } else {
      power.negate();
      bucket.add(power);
      power.negate();
    }
  }

  /** B0 + 3 B1 + 5 B2 … as B0 + B1 + B2 … and twice (B1 + B2 …) + (B2 …) …. */
  EdwardsPoint total() {
    var running = new EdwardsPoint();
    var twice = new EdwardsPoint();
    var addend = new AddablePoint();
    for (int i = BUCKETS - 1; i >= 0; i--) {
      buckets[i].toAddable(addend);
      running.add(addend);
      if (i > 0) {
        running.toAddable(addend);
        twice.add(addend);
      }
    }
    twice.doubleTimes(1);
    twice.toAddable(addend);
    running.add(addend);
    return running;
  }
}
