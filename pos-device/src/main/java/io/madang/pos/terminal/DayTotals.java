package io.madang.pos.terminal;

/**
 * What a terminal took on one settlement day, in won. A sale that was reversed on its own day
 * leaves no trace; one that was reversed on a later day counts there among the reversals.
 *
 * @param sales how many sales
 * @param salesWon their sum
 * @param reversals how many reversals of sales of earlier days
 * @param reversalsWon their sum
 */
public record DayTotals(int sales, long salesWon, int reversals, long reversalsWon) {
  public static final DayTotals NOTHING = new DayTotals(0, 0, 0, 0);

  public DayTotals {
    if (sales < 0 || salesWon < 0 || reversals < 0 || reversalsWon < 0) {
      throw new IllegalArgumentException("totals are never negative");
    }
  }

  public DayTotals plusSale(long won) {
    return new DayTotals(sales + 1, Math.addExact(salesWon, won), reversals, reversalsWon);
  }

  public DayTotals plusReversal(long won) {
    return new DayTotals(sales, salesWon, reversals + 1, Math.addExact(reversalsWon, won));
  }

  /** What the shop is due for the day; negative when more was given back than taken. */
  public long netWon() {
    return salesWon - reversalsWon;
  }
}
