package io.madang.pos.simulator;

import io.madang.pos.terminal.DayTotals;
import io.madang.pos.terminal.LedgerAnswer;
import io.madang.pos.terminal.LedgerPort;
import io.madang.pos.terminal.LedgerRequest;
import io.madang.pos.terminal.ResponseCode;
import io.madang.pos.terminal.SaleKey;
import java.time.LocalDate;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A ledger in memory for a terminal without a gateway: one customer, who pays everything up to a
 * purse. Safe for several threads.
 */
public final class SampleLedger implements LedgerPort {
  private record Sale(long amountWon, LocalDate day, boolean reversed, LocalDate reversedOn) {}

  private final TreeMap<SaleKey, Sale> sales = new TreeMap<>();
  private long purseWon;

  public SampleLedger(long purseWon) {
    this.purseWon = purseWon;
  }

  @Override
  public synchronized CompletionStage<LedgerAnswer> charge(LedgerRequest.Charge charge) {
    var before = sales.get(charge.key());
    if (before == null && charge.amountWon() > purseWon) {
      return told(new LedgerAnswer.NotCharged(ResponseCode.INSUFFICIENT_FUNDS));
    }
    if (before != null && before.reversed()) {
      return told(new LedgerAnswer.NotCharged(ResponseCode.LATE));
    }
    if (before == null) {
      purseWon -= charge.amountWon();
      var day = charge.settlementDay();
      sales.put(charge.key(), new Sale(charge.amountWon(), day, false, day));
    }
    var number = String.format(Locale.ROOT, "%06d", charge.key().stan());
    return told(new LedgerAnswer.Charged(number, "SAMPLE" + number));
  }

  @Override
  public synchronized CompletionStage<LedgerAnswer> reverse(LedgerRequest.Reverse reverse) {
    var before = sales.get(reverse.key());
    var day = reverse.settlementDay();
    if (before == null) {
      sales.put(reverse.key(), new Sale(0, day, true, day));
    } else if (!before.reversed()) {
      purseWon += before.amountWon();
      sales.put(reverse.key(), new Sale(before.amountWon(), before.day(), true, day));
    }
    return told(new LedgerAnswer.Reversed());
  }

  @Override
  public synchronized CompletionStage<LedgerAnswer> totals(LedgerRequest.Totals totals) {
    var sum = DayTotals.NOTHING;
    for (var entry : sales.entrySet()) {
      var sale = entry.getValue();
      boolean vanished = sale.reversed() && sale.reversedOn().equals(sale.day());
      if (vanished || !entry.getKey().terminal().equals(totals.terminal())) continue;
      if (sale.day().equals(totals.settlementDay())) sum = sum.plusSale(sale.amountWon());
      if (sale.reversed() && sale.reversedOn().equals(totals.settlementDay())) {
        sum = sum.plusReversal(sale.amountWon());
      }
    }
    return told(new LedgerAnswer.Told(sum));
  }

  /** What the customer has left, in won. */
  public synchronized long purseWon() {
    return purseWon;
  }

  private static CompletionStage<LedgerAnswer> told(LedgerAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
