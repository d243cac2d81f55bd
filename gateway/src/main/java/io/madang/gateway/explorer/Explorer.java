package io.madang.gateway.explorer;

import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Reply;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/** What is on the chain. Everybody may look: it holds no personal data. */
public final class Explorer implements Operations.Feature {
  private static final Duration LONGEST_VALIDITY = Duration.ofHours(24);

  private final Engine<Ledger> engine;
  private final ChainRoutes shown;
  private final Map<String, JsonObject> assetNames;
  private final boolean demo;

  /**
   * Shows this engine's chain.
   *
   * @param assetNames names of assets by their codes
   */
  public Explorer(Engine<Ledger> engine, Map<String, JsonObject> assetNames, boolean demo) {
    this.engine = engine;
    this.shown = new ChainRoutes(engine);
    this.assetNames = Map.copyOf(assetNames);
    this.demo = demo;
  }

  @Override
  public void register(Operations operations) {
    operations.on("getChain", _ -> chain());
    operations.on("getMembers", _ -> Future.succeededFuture(shown.members()));
    operations.on("listBlocks", shown::blocks);
    operations.on("getBlock", shown::block);
    operations.on("listResults", shown::results);
    operations.on("getTransaction", shown::transaction);
    operations.on("getReceipt", shown::receipt);
  }

  private Future<Reply> chain() {
    return engine
        .ask(ledger -> ledger.view().assets())
        .map(
            assets -> {
              var listed = new JsonArray();
              for (var asset : assets) {
                var code = asset.code().value();
                listed.add(
                    new JsonObject()
                        .put("code", code)
                        .put("scale", asset.scale())
                        .put("kind", asset.kind().toString())
                        .put("name", assetNames.getOrDefault(code, Json.names(code, code))));
              }
              var standing = engine.standing();
              return Reply.ok(
                  new JsonObject()
                      .put("chain", standing.chain())
                      .put("height", standing.height())
                      .put("time", Json.time(standing.timeMillis()))
                      .put("members", shown.memberList())
                      .put("assets", listed)
                      .put("transactionValidityMillis", LONGEST_VALIDITY.toMillis())
                      .put("demo", demo));
            });
  }
}
