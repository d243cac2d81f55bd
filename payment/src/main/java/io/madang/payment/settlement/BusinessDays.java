package io.madang.payment.settlement;

import java.time.LocalDate;

/**
 * Which business day a time belongs to: a day ends at a fixed offset from midnight UTC, as the
 * ledger's own days do ({@code dayOffsetMillis} of its genesis). Korea has no summer time, so one
 * offset is enough.
 *
 * <p>A posting belongs to the day of its block's time. A record that comes late falls into the day
 * that is open: a closed day never changes.
 *
 * @param offsetMillis how much earlier than midnight UTC a day begins, from 0 to 24 hours
 */
public record BusinessDays(long offsetMillis) {
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1_000;

  /** Days that end at 24:00 in Seoul (UTC+9). */
  public static final BusinessDays SEOUL = new BusinessDays(9L * 60 * 60 * 1_000);

  public BusinessDays {
    if (offsetMillis < 0 || offsetMillis >= DAY_MILLIS) {
      throw new IllegalArgumentException("not within a day: " + offsetMillis);
    }
  }

  /** The day of a block time. */
  public LocalDate of(long timeMillis) {
    return LocalDate.ofEpochDay(Math.floorDiv(timeMillis + offsetMillis, DAY_MILLIS));
  }

  /** The first millisecond of a day. */
  public long beginMillis(LocalDate day) {
    return day.toEpochDay() * DAY_MILLIS - offsetMillis;
  }

  /** The first millisecond after a day: the cut-off. */
  public long endMillis(LocalDate day) {
    return beginMillis(day) + DAY_MILLIS;
  }
}
