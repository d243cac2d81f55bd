package io.madang.gateway.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.ledger.PayoutId;
import io.madang.payment.reconciliation.PayoutState;
import io.madang.payment.settlement.MerchantDay;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt to settle a merchant's day, and what became of its payout: as the merchant sees it.
 *
 * @param number 1, and one more for each further attempt at the same day
 * @param position where the settlement stands on the chain, once it does
 * @param transaction its hash there
 * @param returned why the money did not arrive, when it came back
 */
public record Attempt(
    MerchantDay figures,
    int number,
    PayoutId payoutId,
    Status status,
    Optional<Position> position,
    Optional<Hash> transaction,
    Optional<Returned> returned) {

  /** How far the payout is. */
  public enum Status {
    /** The settlement is not on the chain yet. */
    PENDING,
    /** Nothing was to be paid out. */
    CARRIED,
    /** The bank has it, or will. */
    ON_ITS_WAY,
    /** The bank has booked it. */
    PAID,
    /** The bank did not pay, or the money came back. */
    RETURNED;

    /** The name in answers. */
    public String text() {
      return Names.of(name());
    }
  }

  /**
   * Why money did not arrive.
   *
   * @param reason a code of ISO 20022
   * @param coinsAreBack whether the merchant has the coins again
   */
  public record Returned(String reason, boolean coinsAreBack) {
    /** The reason for people, as {@code ko} and {@code en}. */
    public JsonObject words() {
      return ReturnReasons.words(reason);
    }
  }

  static Attempt of(SettledDay day, Map<String, PayoutStore.InFile> payouts) {
    var found = payouts.get(day.payoutId().toString());
    return new Attempt(
        day.figures(),
        day.attempt(),
        day.payoutId(),
        found == null ? withoutPayout(day) : status(found.payout().state()),
        day.recorded().map(SettledDay.Recorded::position),
        day.recorded().map(SettledDay.Recorded::hash),
        found == null || !found.payout().state().isVoid()
            ? Optional.empty()
            : Optional.of(
                new Returned(found.payout().reason(), day.state() == SettledDay.State.VOIDED)));
  }

  private static Status withoutPayout(SettledDay day) {
    return day.recorded().isPresent() ? Status.CARRIED : Status.PENDING;
  }

  private static Status status(PayoutState state) {
    return switch (state) {
      case CREATED, SENT, ACCEPTED, SETTLED -> Status.ON_ITS_WAY;
      case BOOKED -> Status.PAID;
      case REJECTED, RETURNED -> Status.RETURNED;
    };
  }

  /** What answers say of it. */
  public JsonObject view() {
    var view =
        new JsonObject()
            .put("asset", figures.asset().value())
            .put("day", figures.day().toString())
            .put("attempt", number)
            .put("postings", figures.count())
            .put("root", figures.root().toString())
            .put("captureCount", figures.captureCount())
            .put("captures", figures.captures())
            .put("refundCount", figures.refundCount())
            .put("refunds", figures.refunds())
            .put("others", figures.others())
            .put("fees", figures.fees())
            .put("adjustments", figures.adjustments())
            .put("carriedBefore", figures.carriedBefore())
            .put("owedBefore", figures.owedBefore())
            .put("charges", figures.charges())
            .put("payout", figures.payout())
            .put("carried", figures.carried())
            .put("owed", figures.owed())
            .put("payoutId", payoutId.toString())
            .put("status", status.text());
    position.ifPresent(at -> view.put("position", at.toString()));
    transaction.ifPresent(hash -> view.put("transaction", hash.toString()));
    returned.ifPresent(
        why ->
            view.put(
                "returned",
                new JsonObject()
                    .put("reason", why.reason())
                    .put("words", why.words())
                    .put("coinsAreBack", why.coinsAreBack())));
    return view;
  }
}
