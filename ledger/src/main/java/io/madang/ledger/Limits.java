package io.madang.ledger;

/**
 * How much an account may pay, counted for each asset by itself in minor units. They bind
 * transfers, holds and mandate charges, where the account is the payer; not redemptions and
 * refunds.
 *
 * @param perPayment the largest single payment or hold
 * @param perDay the sum of payments and of holds placed on one day of the chain; what a hold did
 *     not use comes back when it is freed on the day it was placed
 * @param heldAtOnce the sum of open holds
 */
public record Limits(long perPayment, long perDay, long heldAtOnce) {
  /** The value of a limit that is not set; no amount reaches it. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** No limit at all. */
  public static final Limits NONE = new Limits(UNLIMITED, UNLIMITED, UNLIMITED);

  public Limits {
    requireValid(perPayment);
    requireValid(perDay);
    requireValid(heldAtOnce);
  }

  private static void requireValid(long limit) {
    if (limit != UNLIMITED) {
      Amount.requireValid(limit);
    }
  }
}
