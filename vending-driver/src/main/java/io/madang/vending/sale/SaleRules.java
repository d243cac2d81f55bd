package io.madang.vending.sale;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one machine sells and how long things may take there.
 *
 * @param prices won of each item; a request for anything else, or at another price, is denied
 * @param payWithin from showing the price until the hold; must end before the machine's own
 *     patience
 * @param resultWithin longest time that the machine may need from an approval until the item is out
 *     or not, everything included. Only after it do the counters say that nothing came out
 * @param audited whether the machine's counters can be read
 * @param retryAfter how long an unanswered call of the ledger or the audit waits for the next try
 */
public record SaleRules(
    SortedMap<Integer, Long> prices,
    Duration payWithin,
    Duration resultWithin,
    boolean audited,
    Duration retryAfter) {
  public SaleRules {
    prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
    for (var price : prices.values()) {
      if (price <= 0) {
        throw new IllegalArgumentException("a price is not positive: " + price);
      }
    }
  }

  boolean sells(int item, long won) {
    var price = prices.get(item);
    return price != null && price == won;
  }
}
