package io.madang.gateway.payment;

import io.madang.chain.ChainApplication.Position;
import io.madang.gateway.account.AccountRoutes;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.account.Movement;
import io.madang.gateway.account.Movements;
import io.madang.gateway.account.PartsJson;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Access;
import io.madang.gateway.http.Access.Owner;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.ledger.Ledger;
import io.madang.payment.PaymentIntent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a merchant received, and the proofs of it. */
final class MerchantDay implements Operations.Feature {
  /** Business days are Korean. */
  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

  private final Engine<Ledger> engine;
  private final MerchantRegistry merchants;
  private final Movements movements;
  private final IntentStore intents;
  private final StickerStore stickers;
  private final Clock clock;

  MerchantDay(
      Engine<Ledger> engine,
      MerchantRegistry merchants,
      Movements movements,
      IntentStore intents,
      StickerStore stickers,
      Clock clock) {
    this.engine = engine;
    this.merchants = merchants;
    this.movements = movements;
    this.intents = intents;
    this.stickers = stickers;
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("getMerchant", this::merchant);
    operations.on("listMerchantPayments", this::payments);
    operations.on("getPaymentProof", this::proof);
  }

  private Future<Reply> merchant(Call call) {
    var caller = call.merchant();
    long midnight =
        LocalDate.ofInstant(clock.instant(), ZONE).atStartOfDay(ZONE).toInstant().toEpochMilli();
    return engine
        .ask(ledger -> ledger.view().balances(caller.account()))
        .compose(
            balances ->
                movements
                    .since(caller.account(), midnight)
                    .map(
                        day -> {
                          var view =
                              merchants
                                  .byId(caller.merchant())
                                  .orElseThrow()
                                  .view()
                                  .put("role", caller.role().name().toLowerCase(Locale.ROOT))
                                  .put("balances", AccountRoutes.balances(balances))
                                  .put(
                                      "today",
                                      new JsonObject()
                                          .put("count", day.count())
                                          .put("amount", day.amount())
                                          .put("refunded", day.refunded()));
                          return Reply.ok(Json.putIfPresent(view, "till", caller.till()));
                        }));
  }

  private Future<Reply> payments(Call call) {
    return movements
        .received(
            call.merchant().account(),
            new Movements.Search(
                call.optional("search").map(text -> text.replace(",", "")),
                day(call, "from", 0).orElse(Long.MIN_VALUE),
                day(call, "until", 1).orElse(Long.MAX_VALUE),
                call.optional("till"),
                call.optional("location")),
            call.optional("cursor"),
            call.limit())
        .compose(
            found ->
                intents
                    .paidAt(found.stream().map(Movement::position).toList())
                    .compose(
                        paid -> tills(call, found).map(tills -> page(call, found, paid, tills))));
  }

  /** When a day in a parameter begins, or one so many days later. */
  private static Optional<Long> day(Call call, String name, int later) {
    return call.optional(name)
        .map(
            text -> {
              try {
                var day = LocalDate.parse(text).plusDays(later);
                return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
              } catch (DateTimeException noDay) {
                throw Problem.malformed(List.of(new Problem.Fault("query/" + name, "is no day")))
                    .raised();
              }
            });
  }

  private Future<Map<String, String>> tills(Call call, List<Movement> found) {
    boolean any =
        found.stream()
            .anyMatch(
                movement -> movement.reference().filter(text -> text.startsWith("S-")).isPresent());
    if (!any) return Future.succeededFuture(Map.of());
    return stickers
        .list(call.merchant().merchant(), Long.MAX_VALUE, 1_000)
        .map(
            all -> {
              var tills = new HashMap<String, String>();
              all.forEach(sticker -> tills.put(sticker.id(), sticker.till()));
              return Map.copyOf(tills);
            });
  }

  private static Reply page(
      Call call, List<Movement> found, List<MerchantIntent> paid, Map<String, String> tills) {
    var byPosition = new HashMap<Position, MerchantIntent>();
    for (var made : paid) {
      made.intent().payments().forEach(one -> byPosition.put(one.payment().position(), made));
    }
    return Reply.ok(
        Json.page(
            found,
            call.limit(),
            movement -> view(movement, byPosition, tills),
            Movements::cursorOf));
  }

  private static JsonObject view(
      Movement movement, Map<Position, MerchantIntent> byPosition, Map<String, String> tills) {
    var view =
        new JsonObject()
            .put("position", movement.position().toString())
            .put("transaction", movement.hash().toString())
            .put("asset", movement.amount().asset().value())
            .put("amount", movement.amount().minorUnits())
            .put("time", Json.time(movement.timeMillis()))
            .put("height", movement.position().height())
            .put("payerMasked", MerchantIntent.masked(movement.payer().orElseThrow()));
    var made = byPosition.get(movement.position());
    if (made == null) {
      PartsJson.put(view, movement.parts());
    } else {
      PartsJson.put(
          view, made.intent().payment(movement.position()).flatMap(PaymentIntent.Capture::parts));
      view.put("intent", made.intent().id().value());
      if (made.intent().state() instanceof PaymentIntent.State.Paid(var _, var refunded)) {
        view.put("refunded", refunded);
      }
      Json.putIfPresent(view, "till", made.till());
      return Json.putIfPresent(view, "reference", made.reference());
    }
    var reference = movement.reference().orElse("");
    if (reference.startsWith("S-") && tills.containsKey(reference.substring(2))) {
      return view.put("sticker", reference.substring(2))
          .put("till", tills.get(reference.substring(2)));
    }
    return Json.putIfPresent(view, "reference", movement.reference());
  }

  private Future<Reply> proof(Call call) {
    var position = Movement.position(call.text("position"));
    return engine
        .transaction(position)
        .compose(
            found -> {
              var payee =
                  found
                      .flatMap(Movement::of)
                      .filter(movement -> movement.kind().isPayment())
                      .flatMap(Movement::payee)
                      .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised());
              Access.check(call.caller(), new Owner.OfAccount(payee));
              return engine.paymentProof(position);
            })
        .map(
            proof ->
                Reply.ok(
                    Json.of(proof.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised()))));
  }
}
