package io.madang.gateway;

import io.madang.gateway.http.Call;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What the demo's pages need to begin; nothing is here outside of a demo. */
final class Demo implements Operations.Feature {
  private final AtomicReference<Optional<JsonObject>> shown =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Gateway.SampleTransfers>> transfers =
      new AtomicReference<>(Optional.empty());

  void show(JsonObject demo) {
    shown.set(Optional.of(demo.copy()));
  }

  void transferBy(Gateway.SampleTransfers bank) {
    transfers.set(Optional.of(bank));
  }

  @Override
  public void register(Operations operations) {
    operations.on(
        "getDemo",
        _ ->
            shown
                .get()
                .map(demo -> Future.succeededFuture(Reply.ok(demo)))
                .orElseGet(() -> Problem.of(ProblemType.NOT_FOUND).fail()));
    operations.on("makeDemoTransfer", this::transfer);
  }

  private Future<Reply> transfer(Call call) {
    var bank = transfers.get();
    if (bank.isEmpty()) return Problem.of(ProblemType.NOT_FOUND).fail();
    return bank.get()
        .payIn(call.body().getString("reference"), call.body().getLong("amount"))
        .map(_ -> new Reply.Nothing());
  }
}
