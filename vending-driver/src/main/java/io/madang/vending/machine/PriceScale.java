package io.madang.vending.machine;

import java.util.Collection;

/**
 * How won travel over the machine's bus: a 16-bit count of {@code scale} won each (MDB/ICP 4.2,
 * 7.4.2; the won has no decimals). FFFF is reserved, so scale 1 reaches 65,534 won and scale 10
 * 655,340 won in steps of ten.
 *
 * @param scale won of one unit, 1 to 255
 */
public record PriceScale(int scale) {
  public static final int LARGEST_UNITS = 0xFFFE;

  public PriceScale {
    if (scale < 1 || scale > 255) {
      throw new IllegalArgumentException("scale " + scale + " is not in 1..255");
    }
  }

  /**
   * The finest scale for these prices: steps of 1, 10 or 100 won.
   *
   * @throws IllegalArgumentException when no step carries each of them exactly
   */
  public static PriceScale forPrices(Collection<Long> won) {
    for (var step : new int[] {1, 10, 100}) {
      var scale = new PriceScale(step);
      if (won.stream().allMatch(scale::represents)) {
        return scale;
      }
    }
    throw new IllegalArgumentException("no scale carries all of the prices " + won);
  }

  /** Whether this price travels exactly. */
  public boolean represents(long won) {
    return won > 0 && won % scale == 0 && won / scale <= LARGEST_UNITS;
  }

  /**
   * How a price is counted on the bus.
   *
   * @throws IllegalArgumentException for a price that {@link #represents} refuses
   */
  public int units(long won) {
    if (!represents(won)) {
      throw new IllegalArgumentException(won + " won do not travel in units of " + scale);
    }
    return (int) (won / scale);
  }

  public long won(int units) {
    return (long) units * scale;
  }
}
