package io.madang.gateway.payment;

import io.madang.gateway.account.Aliases;
import io.madang.gateway.account.Merchant;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.EvenTime;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.ledger.Account;
import io.madang.ledger.AccountId;
import io.madang.ledger.Ledger;
import io.madang.payment.PaymentIntent.State;
import io.madang.payment.qr.MadangCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;

/**
 * Says who would be paid. Names come from the registry and amounts from the intent, never from the
 * code: a code with a right checksum may have been altered.
 */
final class PayeeRoutes implements Operations.Feature {
  private final Vertx vertx;
  private final Engine<Ledger> engine;
  private final Aliases aliases;
  private final MerchantRegistry merchants;
  private final OpenIntents intents;
  private final OpenStickers stickers;
  private final IntentStore store;
  private final Codes codes;
  private final Clock clock;

  PayeeRoutes(
      Vertx vertx,
      Engine<Ledger> engine,
      Aliases aliases,
      MerchantRegistry merchants,
      OpenIntents intents,
      OpenStickers stickers,
      IntentStore store,
      Codes codes,
      Clock clock) {
    this.vertx = vertx;
    this.engine = engine;
    this.aliases = aliases;
    this.merchants = merchants;
    this.intents = intents;
    this.stickers = stickers;
    this.store = store;
    this.codes = codes;
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("findPayee", this::find);
  }

  private Future<Reply> find(Call call) {
    var body = call.body();
    if (body.containsKey("phone")) return byPhone(body.getString("phone"));
    if (body.containsKey("account")) return byAccount(AccountId.parse(body.getString("account")));
    return byCode(body.getString("code"));
  }

  private static <T> Future<T> nobody() {
    return Problem.of(ProblemType.NO_SUCH_PAYEE).fail();
  }

  /** Known and unknown numbers are answered after the same time. */
  private Future<Reply> byPhone(String phone) {
    return EvenTime.of(vertx, aliases.byPhone(phone))
        .compose(
            found ->
                found.isEmpty()
                    ? nobody()
                    : Future.succeededFuture(
                        person(
                            found.get().account(), Aliases.masked(found.get().name()), "person")));
  }

  private Future<Reply> byAccount(AccountId id) {
    var merchant = merchants.byAccount(id);
    if (merchant.isPresent()) return answer(merchant.get(), merchant(merchant.get()));
    return engine
        .ask(ledger -> ledger.view().account(id).map(Account::kind))
        .compose(
            kind ->
                kind.isEmpty()
                    ? nobody()
                    : aliases
                        .of(id)
                        .map(
                            alias ->
                                person(
                                    id,
                                    alias
                                        .map(known -> Aliases.masked(known.name()))
                                        .orElse("…" + id.toString().substring(28)),
                                    kind.get().toString())));
  }

  private static Reply person(AccountId account, String name, String kind) {
    return Reply.ok(
        new JsonObject()
            .put("account", account.toString())
            .put("name", Json.names(name, name))
            .put("kind", kind)
            .put("masked", true));
  }

  private static JsonObject merchant(Merchant merchant) {
    return new JsonObject()
        .put("account", merchant.account().toString())
        .put("name", merchant.names())
        .put("kind", "merchant");
  }

  /** With what the chain says of the merchant: by that a wallet knows which vouchers it takes. */
  private Future<Reply> answer(Merchant merchant, JsonObject view) {
    return engine
        .ask(ledger -> ledger.view().attributes(merchant.account()))
        .map(
            place -> {
              if (!place.category().isEmpty()) view.put("category", place.category());
              if (!place.region().isEmpty()) view.put("region", place.region());
              return Reply.ok(view);
            });
  }

  private Future<Reply> byCode(String scanned) {
    var typed = intents.byShortCode(scanned);
    if (typed.isPresent()) return intent(typed.get());
    var code = codes.read(scanned);
    if (code.isEmpty()) return nobody();
    return switch (code.get()) {
      case MadangCode.NotOurs _ -> nobody();
      case MadangCode.StickerCode(var merchantId, var tillId) ->
          stickers
              .byId(tillId.value())
              .filter(sticker -> sticker.merchant().id().equals(merchantId))
              .map(this::sticker)
              .orElseGet(PayeeRoutes::nobody);
      case MadangCode.IntentCode named ->
          intents
              .byId(named.intentId())
              .map(made -> Future.succeededFuture(Optional.of(made)))
              .orElseGet(() -> store.byId(named.intentId().value()))
              .compose(
                  found ->
                      found
                          .filter(made -> agrees(named, made))
                          .map(this::intent)
                          .orElseGet(PayeeRoutes::nobody));
    };
  }

  /** Whether the code says of the intent what the intent says: otherwise it was altered. */
  private static boolean agrees(MadangCode.IntentCode code, MerchantIntent made) {
    return made.merchant().id().equals(code.merchantId())
        && made.intent().price().minorUnits() == code.amountWon();
  }

  private Future<Reply> sticker(Sticker sticker) {
    return answer(
        sticker.merchant(),
        merchant(sticker.merchant())
            .put("sticker", new JsonObject().put("id", sticker.id()).put("till", sticker.till())));
  }

  private Future<Reply> intent(MerchantIntent made) {
    long now = clock.millis();
    var objection = made.intent().objection(now);
    // One that was paid or authorised is shown to whoever comes back to it; one that can no longer
    // be paid is refused.
    if (objection.isPresent()
        && (made.intent().state() instanceof State.Open
            || made.intent().state() instanceof State.Cancelled)) {
      return Problem.of(PaymentPolicy.problem(objection.get())).fail();
    }
    return answer(
        made.merchant(),
        merchant(made.merchant()).put("intent", made.payerView(codes.of(made), now)));
  }
}
