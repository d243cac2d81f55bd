package io.madang.pos.terminal;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A ledger that is as strict as the real one, in memory: each key is charged at most once. */
final class ReferenceLedger {
  private record Charge(long amountWon, LocalDate day, @Nullable LocalDate reversedOn) {}

  private final TreeMap<SaleKey, Charge> charges = new TreeMap<>();
  private final Map<SaleKey, LocalDate> blocked = new HashMap<>();

  /** How many charges in a row the customers refuse. */
  private int refusals;

  void refuseNext() {
    refusals++;
  }

  LedgerAnswer ask(LedgerRequest request) {
    return switch (request) {
      case LedgerRequest.Charge charge -> charge(charge);
      case LedgerRequest.Reverse reverse -> reverse(reverse);
      case LedgerRequest.Totals(var terminal, var day) ->
          new LedgerAnswer.Told(totals(terminal, day));
    };
  }

  private LedgerAnswer charge(LedgerRequest.Charge charge) {
    var before = charges.get(charge.key());
    if (before != null) {
      if (before.amountWon() != charge.amountWon()) throw new AssertionError("another amount");
      if (before.reversedOn() != null) return new LedgerAnswer.NotCharged(ResponseCode.LATE);
    } else if (blocked.containsKey(charge.key())) {
      return new LedgerAnswer.NotCharged(ResponseCode.LATE);
    } else if (refusals > 0) {
      refusals--;
      return new LedgerAnswer.NotCharged(ResponseCode.INSUFFICIENT_FUNDS);
    } else {
      charges.put(charge.key(), new Charge(charge.amountWon(), charge.settlementDay(), null));
    }
    var number = "%06d".formatted(charge.key().stan());
    return new LedgerAnswer.Charged(number, "REF" + number + "000");
  }

  private LedgerAnswer reverse(LedgerRequest.Reverse reverse) {
    var charge = charges.get(reverse.key());
    if (charge == null) {
      blocked.put(reverse.key(), reverse.settlementDay());
    } else if (charge.reversedOn() == null) {
      charges.put(
          reverse.key(), new Charge(charge.amountWon(), charge.day(), reverse.settlementDay()));
    }
    return new LedgerAnswer.Reversed();
  }

  /** What is captured now, by sale, in won. */
  Map<SaleKey, Long> captured() {
    var captured = new TreeMap<SaleKey, Long>();
    charges.forEach(
        (key, charge) -> {
          if (charge.reversedOn() == null) captured.put(key, charge.amountWon());
        });
    return captured;
  }

  DayTotals totals(TerminalId terminal, LocalDate day) {
    var totals = DayTotals.NOTHING;
    for (var entry : charges.entrySet()) {
      if (!entry.getKey().terminal().equals(terminal)) continue;
      var charge = entry.getValue();
      if (charge.day().equals(charge.reversedOn())) continue;
      if (charge.day().equals(day)) totals = totals.plusSale(charge.amountWon());
      if (day.equals(charge.reversedOn())) totals = totals.plusReversal(charge.amountWon());
    }
    return totals;
  }
}
