package io.madang.pos.terminal;

import java.time.LocalDate;

/** What a terminal asks of the ledger. Each may be asked again, and takes effect once. */
public sealed interface LedgerRequest {
  /**
   * Charge the customer.
   *
   * @param amountWon more than zero
   * @param customerCode what the customer showed, or empty: the customer scans the till's QR
   * @param settlementDay the day in whose totals it counts
   */
  record Charge(SaleKey key, long amountWon, String customerCode, LocalDate settlementDay)
      implements LedgerRequest {
    /** Without the customer's code, which is worth money until it is used. */
    @Override
    public String toString() {
      return "Charge[" + key + ", " + amountWon + " won, " + settlementDay + "]";
    }
  }

  /**
   * Give the whole sale back; when it was not charged yet, see that it never is.
   *
   * @param settlementDay the day in whose totals the reversal counts
   */
  record Reverse(SaleKey key, LocalDate settlementDay) implements LedgerRequest {}

  /** Tell what the terminal took on a day. */
  record Totals(TerminalId terminal, LocalDate settlementDay) implements LedgerRequest {}
}
