package io.madang.ledger;

import java.util.Optional;

/**
 * What a programme gives, and how much at most. Times are block times; amounts are minor units of
 * what it gives.
 *
 * @param fromMillis the first block time at which these terms hold
 * @param untilMillis the first block time at which nothing is given any more
 * @param rate hundredths of a percent, 1 to {@link #MOST_RATE}; 0 when an amount is given
 * @param amount the most of one reward, or the lot of a sale; 0 when a rate says it
 * @param price what a lot costs; of sales, and only of them
 * @param perPerson the most for one person in one period; of sales one lot
 * @param periodDays the days of the chain in a period; 0 when the whole programme is one
 * @param total the most for all together, ever; of sales the stock
 */
public record ProgrammeTerms(
    long fromMillis,
    long untilMillis,
    int rate,
    long amount,
    Optional<Amount> price,
    long perPerson,
    int periodDays,
    long total) {
  /** Half: who pays must still pay something, and what is earned is less than what was paid. */
  public static final int MOST_RATE = 5_000;

  /** A leap year. */
  public static final int MOST_PERIOD_DAYS = 366;

  private static final long WHOLE = 10_000;

  public ProgrammeTerms {
    if (fromMillis < 0 || untilMillis <= fromMillis) {
      throw new IllegalArgumentException("it must end after it begins");
    }
    if (rate < 0 || rate > MOST_RATE || (rate == 0) == (amount == 0)) {
      throw new IllegalArgumentException("either a rate or an amount is given");
    }
    if (periodDays < 0 || periodDays > MOST_PERIOD_DAYS) {
      throw new IllegalArgumentException("not a period: " + periodDays);
    }
    if (price.isPresent() && (amount != perPerson || periodDays != 0)) {
      throw new IllegalArgumentException("a person buys one lot of a sale");
    }
    Amount.requireValid(amount);
    Amount.requireValid(perPerson);
    Amount.requireValid(total);
  }

  /** The rate's share of an amount, rounded down: a fraction stays with the fund. */
  public long share(long of) {
    // Split, so that the product stays below 2^63 for every amount.
    return of / WHOLE * rate + of % WHOLE * rate / WHOLE;
  }

  boolean isOpen(long timeMillis) {
    return fromMillis <= timeMillis && timeMillis < untilMillis;
  }

  long period(long day) {
    return periodDays == 0 ? 0 : Math.floorDiv(day, periodDays);
  }
}
