package io.madang.gateway.payment;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.gateway.engine.OrderingPolicy;
import io.madang.gateway.http.ProblemType;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.PaymentIntent;
import io.madang.payment.PaymentIntent.Objection;
import io.madang.payment.PaymentIntent.Taking;
import io.madang.payment.qr.IntentId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Stops transfers, payments in legs, charges of customers' codes and holds that name an intent or a
 * sticker and do not fit it, before they are ordered. What it needs is in memory, so a payment asks
 * no database.
 *
 * <p>What fits reserves its intent until its fate is known, so that two payments in one block do
 * not both pay it. A charge names its payee only by the key that signed it: the merchant's own
 * first key, which the gateway keeps and from which the account has its name.
 */
final class PaymentPolicy implements OrderingPolicy {
  /**
   * The code of every refusal that is the gateway's and not the chain's; the name tells them apart.
   */
  private static final int POLICY_CODE = 1_000;

  private static final String TRANSFER = "transfer";
  private static final String HOLD = "hold";
  private static final String PAY = "pay";
  private static final String CHARGE = "mandate.charge";
  private static final String STICKER = "S-";
  private static final Pattern STICKER_REFERENCE = Pattern.compile("S-[0-9a-f]{16}");

  private final OpenIntents intents;
  private final OpenStickers stickers;
  private final Map<IntentId, Reservation> reservations = new ConcurrentHashMap<>();

  private record Reservation(String transaction, boolean done) {}

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
    if (intentId.isPresent()) {
      return intent(transaction, intentId.get(), blockTimeMillis);
    }
    if (!reference.startsWith(STICKER)) return Optional.empty();
    return payload.purpose().equals(TRANSFER) || payload.purpose().equals(PAY)
        ? sticker(reference, payload.operation())
        : Optional.of(refuse(ProblemType.INTENT_NEEDS_TRANSFER));
  }

  private Optional<Refusal> intent(Statement transaction, IntentId id, long blockTimeMillis) {
    var known = intents.byId(id);
    if (known.isEmpty()) return Optional.of(refuse(ProblemType.NO_SUCH_INTENT));
    var reserved = reservations.get(id);
    if (reserved != null && !reserved.transaction().equals(transaction.text())) {
      return Optional.of(
          refuse(reserved.done() ? done(known.get()) : ProblemType.INTENT_BEING_PAID));
    }
    var objection =
        objection(known.get().intent(), transaction, blockTimeMillis)
            .map(reason -> refuse(problem(reason)));
    if (objection.isEmpty()) {
      reservations.put(id, new Reservation(transaction.text(), false));
    }
    return objection;
  }

  /** What the intent will say of itself once its payment or hold was read. */
  private static ProblemType done(MerchantIntent made) {
    return switch (made.intent().taking()) {
      case Taking.AtOnce _ -> ProblemType.INTENT_ALREADY_PAID;
      case Taking.FromHold _ -> ProblemType.INTENT_AUTHORISED;
    };
  }

  private static Optional<Objection> objection(
      PaymentIntent intent, Statement transaction, long blockTimeMillis) {
    var operation = transaction.payload().operation();
    return switch (transaction.payload().purpose()) {
      // The ledger checks that the legs come to the amount.
      case TRANSFER, PAY ->
          intent.objectionTo(payee(operation), amount(operation), blockTimeMillis);
      case HOLD ->
          intent.objectionToHold(
              payee(operation),
              amount(operation),
              number(operation, "expiresMillis"),
              blockTimeMillis);
      case CHARGE ->
          intent.objectionTo(
              AccountId.of(transaction.signer()), charged(operation), blockTimeMillis);
      // A reward has a reference too, and pays no merchant.
      default -> Optional.of(Objection.OTHER_PAYEE);
    };
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
                        !reserved.transaction().equals(transaction.text())
                            ? reserved
                            : outcome instanceof Outcome.Refused
                                ? null
                                : new Reservation(reserved.transaction(), true)));
  }

  /** Whether a payment or a hold for this intent is on its way or done. */
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
      case OTHER_HOLD_END -> ProblemType.INTENT_HOLD_DIFFERS;
      case NEEDS_HOLD -> ProblemType.INTENT_NEEDS_HOLD;
      case NEEDS_PAYMENT -> ProblemType.INTENT_NEEDS_TRANSFER;
      case AUTHORISED -> ProblemType.INTENT_AUTHORISED;
      case NOT_AUTHORISED -> ProblemType.INTENT_NOT_AUTHORISED;
      case ALREADY_PAID -> ProblemType.INTENT_ALREADY_PAID;
      case NOT_PAID -> ProblemType.INTENT_NOT_PAID;
      case MORE_THAN_LEFT -> ProblemType.MORE_THAN_LEFT;
    };
  }

  private static Refusal refuse(ProblemType type) {
    return new Refusal(POLICY_CODE, type.kebabName(), type.title() + ".", type.retryCanHelp());
  }

  // The application has read the transaction, so its members have their forms.
  private static AccountId payee(JsonObject operation) {
    return AccountId.parse(text(operation, "to"));
  }

  private static Amount amount(JsonObject operation) {
    return new Amount(number(operation, "amount"), new AssetCode(text(operation, "asset")));
  }

  private static Amount charged(JsonObject operation) {
    if (!(StatementReader.read(text(operation, "mandate"))
        instanceof StatementReading.Read(var mandate))) {
      throw new IllegalStateException("a charge without its mandate");
    }
    return new Amount(
        number(operation, "amount"), new AssetCode(text(mandate.payload().operation(), "asset")));
  }

  private static String text(JsonObject operation, String name) {
    return ((JsonText) operation.get(name).orElseThrow()).value();
  }

  private static long number(JsonObject operation, String name) {
    return ((JsonNumber) operation.get(name).orElseThrow()).value();
  }
}
