package io.madang.gateway.payment;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.Statement;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.gateway.engine.OrderingPolicy;
import io.madang.gateway.http.ProblemType;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.PaymentIntent.Objection;
import io.madang.payment.qr.IntentId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Stops transfers that name an intent or a sticker and do not fit it, before they are ordered. What
 * it needs is in memory, so a payment asks no database.
 *
 * <p>A transfer that fits reserves its intent until its fate is known, so that two transfers in one
 * block do not both pay it. Holds and charges of mandates may not name an intent or a sticker: when
 * they are paid is decided later or by the payee, and nobody could tell then whether it is paid
 * already.
 */
final class PaymentPolicy implements OrderingPolicy {
  /**
   * The code of every refusal that is the gateway's and not the chain's; the name tells them apart.
   */
  private static final int POLICY_CODE = 1_000;

  private static final String TRANSFER = "transfer";
  private static final String STICKER = "S-";
  private static final Pattern STICKER_REFERENCE = Pattern.compile("S-[0-9a-f]{16}");

  private final OpenIntents intents;
  private final OpenStickers stickers;
  private final Map<IntentId, Reservation> reservations = new ConcurrentHashMap<>();

  private record Reservation(String transfer, boolean done) {}

  PaymentPolicy(OpenIntents intents, OpenStickers stickers) {
    this.intents = intents;
    this.stickers = stickers;
  }

  @Override
  public Optional<Refusal> refusal(Statement transaction, long blockTimeMillis) {
    var payload = transaction.payload();
    if (!(payload.operation().get("reference").orElse(null) instanceof JsonText(var reference))) {
      return Optional.empty();
    }
    var intentId = IntentId.parse(reference);
    if (!payload.purpose().equals(TRANSFER)) {
      return intentId.isPresent() || reference.startsWith(STICKER)
          ? Optional.of(refuse(ProblemType.INTENT_NEEDS_TRANSFER))
          : Optional.empty();
    }
    if (intentId.isPresent()) {
      return intent(transaction, intentId.get(), payload.operation(), blockTimeMillis);
    }
    return reference.startsWith(STICKER)
        ? sticker(reference, payload.operation())
        : Optional.empty();
  }

  private Optional<Refusal> intent(
      Statement transaction, IntentId id, JsonObject operation, long blockTimeMillis) {
    var known = intents.byId(id);
    if (known.isEmpty()) return Optional.of(refuse(ProblemType.NO_SUCH_INTENT));
    var reserved = reservations.get(id);
    if (reserved != null && !reserved.transfer().equals(transaction.text())) {
      return Optional.of(
          refuse(
              reserved.done() ? ProblemType.INTENT_ALREADY_PAID : ProblemType.INTENT_BEING_PAID));
    }
    var objection =
        known
            .get()
            .intent()
            .objectionTo(payee(operation), amount(operation), blockTimeMillis)
            .map(reason -> refuse(problem(reason)));
    if (objection.isEmpty()) {
      reservations.put(id, new Reservation(transaction.text(), false));
    }
    return objection;
  }

  private Optional<Refusal> sticker(String reference, JsonObject operation) {
    if (!STICKER_REFERENCE.matcher(reference).matches()) {
      return Optional.of(refuse(ProblemType.NO_SUCH_STICKER));
    }
    return stickers
        .byId(reference.substring(STICKER.length()))
        .map(
            sticker ->
                sticker.merchant().account().equals(payee(operation))
                    ? Optional.<Refusal>empty()
                    : Optional.of(refuse(ProblemType.INTENT_PAYEE_DIFFERS)))
        .orElseGet(() -> Optional.of(refuse(ProblemType.NO_SUCH_STICKER)));
  }

  @Override
  public void ended(Statement transaction, Outcome outcome) {
    if (!(transaction.payload().operation().get("reference").orElse(null)
        instanceof JsonText(var reference))) {
      return;
    }
    IntentId.parse(reference)
        .ifPresent(
            id ->
                reservations.computeIfPresent(
                    id,
                    (_, reserved) ->
                        !reserved.transfer().equals(transaction.text())
                            ? reserved
                            : outcome instanceof Outcome.Refused
                                ? null
                                : new Reservation(reserved.transfer(), true)));
  }

  /** Whether a transfer for this intent is on its way or done. */
  boolean isReserved(IntentId id) {
    return reservations.containsKey(id);
  }

  /** The intent itself says now that it is paid, or it is no longer remembered. */
  void forget(IntentId id) {
    reservations.remove(id);
  }

  /** The problem that an objection becomes. */
  static ProblemType problem(Objection objection) {
    return switch (objection) {
      case OTHER_PAYEE -> ProblemType.INTENT_PAYEE_DIFFERS;
      case OTHER_AMOUNT -> ProblemType.INTENT_AMOUNT_DIFFERS;
      case EXPIRED -> ProblemType.INTENT_EXPIRED;
      case CANCELLED -> ProblemType.INTENT_CANCELLED;
      case ALREADY_PAID -> ProblemType.INTENT_ALREADY_PAID;
      case NOT_PAID -> ProblemType.INTENT_NOT_PAID;
      case MORE_THAN_LEFT -> ProblemType.MORE_THAN_LEFT;
    };
  }

  private static Refusal refuse(ProblemType type) {
    return new Refusal(POLICY_CODE, type.kebabName(), type.title() + ".", type.retryCanHelp());
  }

  // The application has read the transfer, so its members have their forms.
  private static AccountId payee(JsonObject operation) {
    return AccountId.parse(((JsonText) operation.get("to").orElseThrow()).value());
  }

  private static Amount amount(JsonObject operation) {
    return new Amount(
        ((JsonNumber) operation.get("amount").orElseThrow()).value(),
        new AssetCode(((JsonText) operation.get("asset").orElseThrow()).value()));
  }
}
