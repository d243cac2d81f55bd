package io.madang.vending.sale;

import io.madang.vending.machine.Decision;

/** What is to be done, strictly in order; a {@link Write} is durable before what follows it. */
public sealed interface SaleAction {
  record Write(JournalRecord record) implements SaleAction {}

  record ShowPrice(long number, int item, long won) implements SaleAction {}

  record HidePrice(long number) implements SaleAction {}

  /** Hold so many won; answered by {@link SaleEvent.HoldAnswered}, or never. */
  record Hold(long number, String payer, long won) implements SaleAction {}

  /** Capture so many won of the hold and let go of the rest. */
  record Capture(long number, long won) implements SaleAction {}

  /** Let go of the hold, and of any hold under this number that comes later. */
  record Release(long number) implements SaleAction {}

  record Tell(Decision decision) implements SaleAction {}

  /** Approve; answered at once by {@link SaleEvent.ApprovalHandedOver}. */
  record Approve(long number, long won) implements SaleAction {}

  record ReadAudit(long number, int attempt, int item) implements SaleAction {}

  /**
   * Something for a person to look at.
   *
   * @param number of the sale; 0 if it is about none
   */
  record Report(long number, Incident incident) implements SaleAction {}

  /** Sold for cash: for the operator's statistics. */
  record CashSold(int item, long won) implements SaleAction {}

  /** A sale is at its end. */
  record Finished(long number, JournalRecord.Kind outcome) implements SaleAction {}

  /** What a person should know about. */
  enum Incident {
    /** The machine asked for an item or a price that is not in the price table. */
    PRICE_NOT_OURS,
    /** The machine says that it gave out what nobody approved. */
    SUCCESS_WITHOUT_APPROVAL,
    /** Restart between approval and result, counted as sold (MDB/ICP 4.2, 7.4.7). */
    RESET_AFTER_APPROVAL,
    /** The result is not known and nothing can tell it; the money stays held. */
    UNCERTAIN,
    /** The counters say something that cannot be; the money stays held. */
    COUNTERS_CONTRADICT
  }
}
