package io.madang.payment.reconciliation;

import io.madang.ledger.PayoutId;
import io.madang.payment.iso20022.BankReport.Source;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A payout and all that the bank said of it so far. Immutable; {@link Reconciliation} makes the
 * next one.
 *
 * @param reason the bank's code for a rejection or return, else empty
 * @param debits by source, the booking that took the money from our account
 * @param credits by source, the booking that brought it back
 */
public record Payout(
    PayoutId id,
    long won,
    PayoutState state,
    String reason,
    SortedMap<Source, Booking> debits,
    SortedMap<Source, Booking> credits) {

  /** A booking, named so that it is told from every other one of its source. */
  public record Booking(String account, String report, String reference) {}

  public Payout {
    debits = new TreeMap<>(debits);
    credits = new TreeMap<>(credits);
  }

  /** A payout that was settled on the chain. */
  public static Payout created(PayoutId id, long won) {
    return new Payout(id, won, PayoutState.CREATED, "", new TreeMap<>(), new TreeMap<>());
  }

  Payout in(PayoutState next, String why) {
    return new Payout(id, won, next, why, debits, credits);
  }

  Payout debited(Source source, Booking booking) {
    var more = new TreeMap<>(debits);
    more.put(source, booking);
    return new Payout(id, won, state, reason, more, credits);
  }

  Payout credited(Source source, Booking booking) {
    var more = new TreeMap<>(credits);
    more.put(source, booking);
    return new Payout(id, won, state, reason, debits, more);
  }
}
