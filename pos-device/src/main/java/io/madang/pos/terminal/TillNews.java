package io.madang.pos.terminal;

import java.time.LocalDate;

/** What a cashier hears of the terminal. */
public sealed interface TillNews {
  /** The customer paid; the goods may go. */
  record Approved(SaleKey key, long amountWon, String approval) implements TillNews {}

  /** The customer did not pay. */
  record Refused(SaleKey key, ResponseCode why) implements TillNews {}

  /** No answer came: the customer has not paid, and the sale is being reversed. */
  record NotConfirmed(SaleKey key) implements TillNews {}

  /** The sale was given back, or it is certain that it was never charged. */
  record Reversed(SaleKey key) implements TillNews {}

  /** The terminal refuses to reverse a sale: a person has to look. */
  record Unresolved(SaleKey key, String code) implements TillNews {}

  /** The day's totals are the ledger's. */
  record DayClosed(LocalDate day, DayTotals totals) implements TillNews {}

  /** The day's totals are others than the ledger's, or could not be compared. */
  record DayOpen(LocalDate day, ResponseCode why) implements TillNews {}
}
