package io.madang.payment.reconciliation;

import io.madang.payment.iso20022.BankReport.Source;
import io.madang.payment.iso20022.StatusReport.Status;
import io.madang.payment.reconciliation.Payout.Booking;

/** What is learnt of one payout. */
public sealed interface BankNews {
  /** Its file leaves now; stored before it does. */
  record Sent() implements BankNews {}

  /**
   * A pain.002 says something of it.
   *
   * @param reason the bank's code, or empty
   */
  record Answered(Status status, String reason) implements BankNews {}

  /** Money left our account for it. */
  record Debited(Source source, Booking booking, long won) implements BankNews {}

  /**
   * Money came back for it.
   *
   * @param reason the bank's code, or empty
   */
  record Credited(Source source, Booking booking, long won, String reason) implements BankNews {}

  /** The bank has not said in time what became of it. */
  record Silence() implements BankNews {}
}
