package io.madang.payment.settlement;

import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a merchant is charged for each capture: basis points of the amount, half up to whole minor
 * units, by the day of the capture. Rounding each payment by itself lets the merchant check every
 * line; the sum may differ by a few won from the rate on the sum.
 */
public final class FeeSchedule {
  /** Nothing, ever. */
  public static final FeeSchedule FREE = new FeeSchedule(Map.of());

  private static final int WHOLE = 10_000;

  private final NavigableMap<LocalDate, Integer> basisPointsFrom;

  /**
   * @param basisPointsFrom the rate from a day on, 0 to 10,000 (100 %); free before the first day
   */
  public FeeSchedule(Map<LocalDate, Integer> basisPointsFrom) {
    this.basisPointsFrom = new TreeMap<>(basisPointsFrom);
    for (int rate : this.basisPointsFrom.values()) {
      if (rate < 0 || rate > WHOLE) {
        throw new IllegalArgumentException("not from 0 to 10,000 basis points: " + rate);
      }
    }
  }

  /** The same rate on every day since 1970. */
  public static FeeSchedule always(int basisPoints) {
    return new FeeSchedule(Map.of(LocalDate.EPOCH, basisPoints));
  }

  /** The rate of a day in basis points. */
  public int basisPoints(LocalDate day) {
    var entry = basisPointsFrom.floorEntry(day);
    return entry == null ? 0 : entry.getValue();
  }

  /** The fee of a capture on a day. */
  public long fee(long amount, LocalDate day) {
    int rate = basisPoints(day);
    // In two parts, so that no amount of the ledger overflows.
    return amount / WHOLE * rate + (amount % WHOLE * rate + WHOLE / 2) / WHOLE;
  }

  /**
   * What a refund gives back of the fee: the difference of the fees on what was left before and on
   * what is left after, so that a whole refund in any parts gives back exactly what was charged.
   *
   * @param paid the amount of the payment
   * @param refundedBefore the sum of its earlier refunds
   * @param refund the amount of this one
   * @param paidOn the business day of the payment, whose rate applies
   */
  public long returned(long paid, long refundedBefore, long refund, LocalDate paidOn) {
    long left = paid - refundedBefore;
    if (refund < 1 || refund > left) {
      throw new IllegalArgumentException("a refund of " + refund + " out of " + left);
    }
    return fee(left, paidOn) - fee(left - refund, paidOn);
  }
}
