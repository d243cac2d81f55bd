package io.madang.vending.agent;

import io.madang.vending.sale.JournalRecord;
import io.madang.vending.sale.SaleAction;

/** Who wants to know what happens in a machine: the operator. Must return at once. */
public interface Watcher {
  /** A sale is at its end: captured, released or denied. */
  void finished(VendId sale, JournalRecord.Kind outcome);

  /** Something for a person to look at; the sale's number is 0 if it is about none. */
  void incident(VendId sale, SaleAction.Incident incident);

  /** Sold for cash. */
  void cashSold(int item, long won);
}
