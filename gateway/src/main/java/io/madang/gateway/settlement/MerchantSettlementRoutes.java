package io.madang.gateway.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.gateway.account.PartsJson;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.ledger.AssetCode;
import io.madang.payment.Parts;
import io.madang.payment.settlement.StatementLine;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a merchant sees: its own days, their lines, and what became of each payout. */
final class MerchantSettlementRoutes implements Operations.Feature {
  private final SettlementOffice office;
  private final SettledDays settled;

  MerchantSettlementRoutes(SettlementOffice office) {
    this.office = office;
    settled = new SettledDays(office);
  }

  @Override
  public void register(Operations operations) {
    operations.on("listSettlements", this::list);
    operations.on("getSettlement", this::get);
    operations.on("listSettlementLines", this::lines);
    operations.on("listOwnBankAccounts", this::accounts);
    operations.on("objectToBankAccount", this::object);
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
        .compose(settled::attempts)
        .map(
            found ->
                Reply.ok(
                    Json.page(
                        found,
                        call.limit(),
                        Attempt::view,
                        one -> one.figures().day() + "." + one.figures().asset())));
  }

  private Future<Reply> get(Call call) {
    return attempts(call)
        .compose(settled::attempts)
        .compose(
            found -> {
              var figures = found.getLast().figures();
              return settled
                  .corrections(
                      call.merchant().merchant(), figures.asset(), figures.day(), figures.day())
                  .map(corrections -> Reply.ok(view(found, corrections)));
            });
  }

  private static JsonObject view(List<Attempt> attempts, List<Correction> corrections) {
    return attempts
        .getLast()
        .view()
        .put("corrections", new JsonArray(corrections.stream().map(Correction::view).toList()))
        .put("attempts", new JsonArray(attempts.stream().map(Attempt::view).toList()));
  }

  private Future<Reply> accounts(Call call) {
    return office
        .accounts()
        .of(call.merchant().merchant(), call.merchant().key())
        .map(
            found -> {
              found.forEach(one -> one.remove("own"));
              return Reply.ok(new JsonObject().put("items", new JsonArray(found)));
            });
  }

  private Future<Reply> object(Call call) {
    var caller = call.merchant();
    return office
        .accounts()
        .object(caller.merchant(), caller.key())
        .map(
            objected ->
                Reply.ok(
                    objected.orElseThrow(
                        () -> Problem.of(ProblemType.NO_CHANGE_OF_ACCOUNT).raised())));
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
        .compose(
            found ->
                office
                    .lineParts()
                    .of(found)
                    .map(
                        parts ->
                            Reply.ok(
                                Json.page(
                                    found,
                                    call.limit(),
                                    line -> view(line, parts),
                                    line -> Long.toString(line.index() + 1)))));
  }

  private static JsonObject view(StatementLine line, Map<Position, Parts> parts) {
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
    return PartsJson.put(view, Optional.ofNullable(parts.get(posting.position())));
  }
}
