package io.madang.voting.group;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several powers of one base modulo a number, which share its repeated squares (Yao 1976). Variable
 * time: for public exponents only.
 *
 * <p>An exponent is a sum of odd digits d 2<sup>i</sup>. For each i the base to the power of
 * 2<sup>i</sup> is multiplied into the bucket of d, and the power is the product of all buckets,
 * each to its d.
 */
final class SharedPowers {
  private static final int WIDTH = 4;
  private static final int BUCKETS = 1 << (WIDTH - 1);

  private final Residues arithmetic;
  private final List<long[] @Nullable []> buckets = new ArrayList<>();
  private long[] spare;

  private SharedPowers(Residues arithmetic) {
    this.arithmetic = arithmetic;
    spare = arithmetic.room();
  }

  /** The powers of a base in Montgomery's form, in the order of the exponents. */
  static List<long[]> of(Residues arithmetic, long[] base, List<long[]> exponents) {
    return new SharedPowers(arithmetic).compute(base, exponents);
  }

  private List<long[]> compute(long[] base, List<long[]> exponents) {
    int highest = -1;
    var digits = new ArrayList<byte[]>();
    for (long[] exponent : exponents) {
      byte[] digitsOfOne = digits(exponent);
      digits.add(digitsOfOne);
      buckets.add(new long[BUCKETS][]);
      for (int i = digitsOfOne.length - 1; i > highest; i--) {
        if (digitsOfOne[i] != 0) {
          highest = i;
        }
      }
    }
    long[] square = base.clone();
    for (int i = 0; i <= highest; i++) {
      for (int k = 0; k < digits.size(); k++) {
        int digit = digits.get(k)[i];
        if (digit != 0) {
          multiplyInto(buckets.get(k), digit >>> 1, square);
        }
      }
      if (i < highest) {
        arithmetic.square(spare, square);
        long[] next = spare;
        spare = square;
        square = next;
      }
    }
    var powers = new ArrayList<long[]>();
    for (long[][] bucketsOfOne : buckets) {
      powers.add(combined(bucketsOfOne));
    }
    return powers;
  }

  /** B0 B1^3 B2^5 … as B0 B1 B2 … times the square of (B1 B2 …)(B2 …) …. */
  private long[] combined(long[] @Nullable [] bucketsOfOne) {
    var sums = new long[2] @Nullable [];
    for (int d = BUCKETS - 1; d >= 0; d--) {
      if (bucketsOfOne[d] != null) {
        multiplyInto(sums, 0, bucketsOfOne[d]);
      }
      if (d > 0 && sums[0] != null) {
        multiplyInto(sums, 1, sums[0]);
      }
    }
    if (sums[0] == null) {
      return arithmetic.one();
    }
    if (sums[1] != null) {
      long[] squared = arithmetic.room();
      arithmetic.square(squared, sums[1]);
      multiplyInto(sums, 0, squared);
    }
    return sums[0];
  }

  private void multiplyInto(long[] @Nullable [] products, int index, long[] factor) {
    long[] product = products[index];
    if (product == null) {
      products[index] = factor.clone();
      return;
    }
    arithmetic.multiply(spare, product, factor);
    products[index] = spare;
    spare = product;
  }

  private byte[] digits(long[] exponent) {
    int bits = exponent.length * Montgomery.LIMB_BITS;
    var digits = new byte[bits];
    int i = 0;
    while (i < bits) {
      int window = window(exponent, i);
      if ((window & 1) == 0) {
        i++;
      } else {
        digits[i] = (byte) window;
        i += WIDTH;
      }
    }
    return digits;
  }

  private static int window(long[] limbs, int position) {
    int limb = position / Montgomery.LIMB_BITS;
    int shift = position % Montgomery.LIMB_BITS;
    long bits = limbs[limb] >>> shift;
    if (shift + WIDTH > Montgomery.LIMB_BITS && limb + 1 < limbs.length) {
      bits |= limbs[limb + 1] << (Montgomery.LIMB_BITS - shift);
    }
    return (int) bits & ((1 << WIDTH) - 1);
  }
}
