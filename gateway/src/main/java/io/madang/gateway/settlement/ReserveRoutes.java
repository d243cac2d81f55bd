package io.madang.gateway.settlement;

import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.vertx.core.Future;

/** The proof of reserves, for everybody. */
final class ReserveRoutes implements Operations.Feature {
  private final Reserves reserves;

  ReserveRoutes(Reserves reserves) {
    this.reserves = reserves;
  }

  @Override
  public void register(Operations operations) {
    operations.on("listReserves", this::list);
    operations.on("getReserves", this::one);
  }

  private Future<Reply> list(Call call) {
    var before =
        call.optional("cursor")
            .map(text -> SettlementRoutes.parsed(text).orElseThrow(Json::malformedCursor));
    return reserves
        .list(before, call.limit())
        .map(
            found ->
                Reply.ok(
                    Json.page(found, call.limit(), view -> view, view -> view.getString("day"))));
  }

  private Future<Reply> one(Call call) {
    return reserves
        .of(SettlementRoutes.day(call.text("day")))
        .map(
            found -> Reply.ok(found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised())));
  }
}
