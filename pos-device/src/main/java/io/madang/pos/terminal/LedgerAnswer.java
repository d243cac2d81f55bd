package io.madang.pos.terminal;

/** What the ledger answers to a {@link LedgerRequest}. */
public sealed interface LedgerAnswer {
  /**
   * The customer paid.
   *
   * @param approval six letters or digits: data element 38
   * @param reference twelve letters or digits by which the gateway finds the payment: 37
   */
  record Charged(String approval, String reference) implements LedgerAnswer {}

  /** The customer did not pay, and never will for this key. */
  record NotCharged(ResponseCode why) implements LedgerAnswer {}

  /** Nothing of this sale is charged, now and for ever. */
  record Reversed() implements LedgerAnswer {}

  record Told(DayTotals totals) implements LedgerAnswer {}

  /** Nobody knows whether it was done; asking again is safe. */
  record Unknown() implements LedgerAnswer {}
}
