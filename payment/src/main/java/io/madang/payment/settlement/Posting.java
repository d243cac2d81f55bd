package io.madang.payment.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;

/**
 * One change of one account's coins by one transaction of the chain.
 *
 * @param position where the transaction stands
 * @param timeMillis its block's time
 * @param account whose coins changed
 * @param amount minor units, at least 1; the kind says the direction
 * @param payment of a refund: the payment that it refunds; else the position itself
 * @param refundedBefore of a refund: what earlier refunds of that payment sum up to; else 0
 */
public record Posting(
    Position position,
    long timeMillis,
    AccountId account,
    AssetCode asset,
    Kind kind,
    long amount,
    Position payment,
    long refundedBefore) {

  /** Why the coins changed. */
  public enum Kind {
    /** The account was paid: by transfer, capture or mandate charge. */
    CAPTURE(1),
    /** The account gave a payment back. */
    REFUND(-1),
    /** The account paid somebody else. */
    PAYMENT_MADE(-1),
    /** Somebody else gave a payment back to the account. */
    REFUND_RECEIVED(1),
    /** Coins were issued to the account. */
    ISSUED(1),
    /** The account redeemed coins by itself, outside of a settlement. */
    REDEEMED(-1);

    private final int sign;

    Kind(int sign) {
      this.sign = sign;
    }
  }

  public Posting {
    if (amount < 1 || amount > Amount.MAX_MINOR_UNITS || refundedBefore < 0) {
      throw new IllegalArgumentException("not a posting's amount: " + amount);
    }
  }

  /** What the account's coins changed by. */
  public long change() {
    return kind.sign * amount;
  }
}
