package io.madang.payment.settlement;

import io.madang.ledger.Amount;

/**
 * A correction that the operator agreed with a merchant.
 *
 * @param change minor units: positive in favour of the merchant, never 0
 * @param reason for the statement, 1 to 140 characters
 */
public record Adjustment(long change, String reason) {
  private static final int MAX_REASON = 140;

  public Adjustment {
    if (change == 0 || Math.absExact(change) > Amount.MAX_MINOR_UNITS) {
      throw new IllegalArgumentException("not a correction: " + change);
    }
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new IllegalArgumentException("a reason has 1 to 140 characters");
    }
  }
}
