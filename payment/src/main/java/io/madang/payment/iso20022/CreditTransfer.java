package io.madang.payment.iso20022;

import io.madang.ledger.Amount;
import io.madang.ledger.PayoutId;

/**
 * One payout as the bank is asked for it.
 *
 * @param id the end-to-end id: unique for ever, and the key of every later match
 * @param won at least 1
 * @param remittance what the merchant reads on the bank statement, at most 140 characters are kept
 */
public record CreditTransfer(PayoutId id, long won, BankAccount creditor, String remittance) {
  public CreditTransfer {
    if (won < 1 || won > Amount.MAX_MINOR_UNITS) {
      throw new IllegalArgumentException("not a payout: " + won);
    }
  }
}
