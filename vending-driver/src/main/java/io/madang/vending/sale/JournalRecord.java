package io.madang.vending.sale;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a sale, written before what depends on it is done.
 *
 * @param number of the sale, never used twice in the life of the machine's journal
 * @param item 0 while none is chosen
 * @param won the price, or in a session what is held
 * @param before the machine's counters before the sale, if they could be read
 */
public record JournalRecord(long number, Kind kind, int item, long won, @Nullable Counters before) {
  /** What was about to happen, or had. */
  public enum Kind {
    /** The number is taken; a customer sees the price. */
    REQUESTED,
    /** A hold may exist from here on. */
    HOLDING,
    /** A session's money is held and no item chosen yet. */
    HELD,
    /** The approval may have been sent: only the machine knows what follows. */
    APPROVING,
    /** The approval was handed to the line. */
    APPROVED,
    /** The result may have been lost. */
    DOUBTED,
    /** The machine has done something else since: no line of it is this sale's result. */
    OVERTAKEN,
    /** The item is out: to be captured. */
    DISPENSED,
    /** The item is not out: to be released. */
    NOT_DISPENSED,
    /** Nobody can tell: the money stays held until a person decides. */
    UNCERTAIN,
    /** The end: nothing was held. */
    DENIED,
    /** The end: the ledger has captured. */
    CAPTURED,
    /** The end: the ledger has released. */
    RELEASED
  }

  /** The machine's counters before the sale. */
  public Optional<Counters> counters() {
    return Optional.ofNullable(before);
  }
}
