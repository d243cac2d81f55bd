package io.madang.vending.sale;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All sales of one machine that are not at their end.
 *
 * @param lastNumber the last number that was given to a sale
 * @param current the one at the machine, if any
 * @param settling decided, and the ledger has not confirmed yet
 * @param uncertain held until a person decides
 */
public record SaleState(
    long lastNumber,
    boolean linkOpen,
    @Nullable Sale current,
    SortedMap<Long, Sale> settling,
    SortedMap<Long, Sale> uncertain) {
  public SaleState {
    settling = Collections.unmodifiableSortedMap(new TreeMap<>(settling));
    uncertain = Collections.unmodifiableSortedMap(new TreeMap<>(uncertain));
  }

  /** A machine that has never sold. */
  public static SaleState empty() {
    return new SaleState(0, false, null, new TreeMap<>(), new TreeMap<>());
  }

  /** The sale at the machine. */
  public Optional<Sale> currentSale() {
    return Optional.ofNullable(current);
  }

  /** Where the journal's records lead; {@link SaleEvent.Resumed} goes on from there. */
  public static SaleState of(List<JournalRecord> records) {
    var open = new TreeMap<Long, Sale>();
    var last = 0L;
    for (var record : records) {
      last = Math.max(last, record.number());
      switch (record.kind()) {
        case DENIED, CAPTURED, RELEASED -> open.remove(record.number());
        default ->
            open.put(
                record.number(),
                new Sale(
                    record.number(),
                    record.kind(),
                    false,
                    record.item(),
                    record.won(),
                    record.before(),
                    Long.MAX_VALUE,
                    0));
      }
    }
    var settling = new TreeMap<Long, Sale>();
    var uncertain = new TreeMap<Long, Sale>();
    Sale current = null;
    for (var sale : open.values()) {
      switch (sale.step()) {
        case DISPENSED, NOT_DISPENSED -> settling.put(sale.number(), sale);
        case UNCERTAIN -> uncertain.put(sale.number(), sale);
        default -> {
          if (current != null) {
            throw new IllegalStateException("two sales at one machine: " + current + ", " + sale);
          }
          current = sale;
        }
      }
    }
    return new SaleState(last, false, current, settling, uncertain);
  }

  /** The fewest records that lead to the same state. */
  public static List<JournalRecord> shortest(List<JournalRecord> records) {
    var state = of(records);
    var kept = new ArrayList<JournalRecord>();
    state.settling.values().forEach(sale -> kept.add(sale.record()));
    state.uncertain.values().forEach(sale -> kept.add(sale.record()));
    if (state.current != null) {
      kept.add(state.current.record());
    }
    if (state.lastNumber > 0
        && kept.stream().noneMatch(record -> record.number() == state.lastNumber)) {
      kept.add(new JournalRecord(state.lastNumber, JournalRecord.Kind.DENIED, 0, 0, null));
    }
    return kept;
  }
}
