package io.madang.gateway.settlement;

import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.ledger.AssetCode;
import io.madang.payment.reconciliation.PayoutState;
import io.madang.payment.settlement.StatementLine;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a merchant sees: its own days, their lines, and what became of each payout. */
final class MerchantSettlementRoutes implements Operations.Feature {
  private final SettlementOffice office;

  MerchantSettlementRoutes(SettlementOffice office) {
    this.office = office;
  }

  @Override
  public void register(Operations operations) {
    operations.on("listSettlements", this::list);
    operations.on("getSettlement", this::get);
    operations.on("listSettlementLines", this::lines);
  }

  /** Where the list goes on: {@code 2026-11-20.S-COIN}. */
  private record Cursor(LocalDate day, String asset) {
    static Cursor of(Call call) {
      var text = call.optional("cursor");
      if (text.isEmpty()) return new Cursor(LocalDate.of(9999, 12, 31), "");
      var parts = text.get().split("\\.", 2);
      if (parts.length != 2) throw Json.malformedCursor();
      var day = SettlementRoutes.parsed(parts[0]).orElseThrow(Json::malformedCursor);
      return new Cursor(day, parts[1]);
    }
  }

  private Future<Reply> list(Call call) {
    var cursor = Cursor.of(call);
    return office
        .days()
        .of(call.merchant().account(), cursor.day(), cursor.asset(), call.limit())
        .compose(
            found ->
                payouts(found)
                    .map(
                        payouts ->
                            Reply.ok(
                                Json.page(
                                    found,
                                    call.limit(),
                                    day -> view(day, payouts),
                                    day -> day.run().day() + "." + day.run().asset()))));
  }

  private Future<Reply> get(Call call) {
    return attempts(call)
        .compose(
            found ->
                payouts(found)
                    .map(
                        payouts -> {
                          var last = view(found.getLast(), payouts);
                          return Reply.ok(
                              last.put(
                                  "attempts",
                                  new JsonArray(
                                      found.stream().map(day -> view(day, payouts)).toList())));
                        }));
  }

  private Future<List<SettledDay>> attempts(Call call) {
    var day = SettlementRoutes.parsed(call.text("day"));
    if (day.isEmpty()) return Problem.of(ProblemType.NOT_FOUND).fail();
    return office
        .days()
        .attempts(call.merchant().account(), new AssetCode(call.text("asset")), day.get())
        .map(
            found -> {
              if (found.isEmpty()) throw Problem.of(ProblemType.NOT_FOUND).raised();
              return found;
            });
  }

  private Future<Reply> lines(Call call) {
    long from = Math.max(0, Json.cursorNumber(call.optional("cursor"), 0));
    return attempts(call)
        .compose(
            found -> {
              var day = found.getFirst();
              return office
                  .lines()
                  .read(day.account(), day.run().asset(), day.run().day(), from, call.limit() + 1);
            })
        .map(
            found ->
                Reply.ok(
                    Json.page(
                        found,
                        call.limit(),
                        MerchantSettlementRoutes::view,
                        line -> Long.toString(line.index() + 1))));
  }

  private Future<Map<String, PayoutStore.InFile>> payouts(List<SettledDay> days) {
    return office
        .payouts()
        .byIds(days.stream().map(day -> day.payoutId().toString()).toList())
        .map(
            found -> {
              var byId = new HashMap<String, PayoutStore.InFile>();
              found.forEach(one -> byId.put(one.payout().id().toString(), one));
              return byId;
            });
  }

  private static JsonObject view(SettledDay day, Map<String, PayoutStore.InFile> payouts) {
    var figures = day.figures();
    var view =
        new JsonObject()
            .put("asset", figures.asset().value())
            .put("day", figures.day().toString())
            .put("attempt", day.attempt())
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
            .put("payoutId", day.payoutId().toString());
    day.recorded()
        .ifPresent(
            recorded ->
                view.put("position", recorded.position().toString())
                    .put("transaction", recorded.hash().toString()));
    var payout = payouts.get(day.payoutId().toString());
    if (payout == null) {
      return view.put("status", day.recorded().isPresent() ? "carried" : "pending");
    }
    view.put("status", status(payout.payout().state()));
    if (payout.payout().state().isVoid()) {
      view.put(
          "returned",
          new JsonObject()
              .put("reason", payout.payout().reason())
              .put("words", ReturnReasons.words(payout.payout().reason()))
              .put("coinsAreBack", day.state() == SettledDay.State.VOIDED));
    }
    return view;
  }

  private static String status(PayoutState state) {
    return switch (state) {
      case CREATED, SENT, ACCEPTED, SETTLED -> "on-its-way";
      case BOOKED -> "paid";
      case REJECTED, RETURNED -> "returned";
    };
  }

  private static JsonObject view(StatementLine line) {
    var posting = line.posting();
    var view =
        new JsonObject()
            .put("index", line.index())
            .put("position", posting.position().toString())
            .put("time", Json.time(posting.timeMillis()))
            .put("kind", Names.of(posting.kind().name()))
            .put("change", posting.change())
            .put("fee", line.fee());
    if (!posting.payment().equals(posting.position())) {
      view.put("payment", posting.payment().toString());
    }
    return view;
  }
}
