package io.madang.gateway.account;

import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.http.Json;
import io.madang.gateway.live.LiveHub;
import io.madang.gateway.live.Topic;
import io.madang.ledger.AccountId;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells accounts, merchants and everybody what became final. */
public final class AccountNews implements Projection.Reader {
  private final Engine<Ledger> engine;
  private final MerchantRegistry merchants;
  private final LiveHub hub;

  /** News of this engine's blocks. */
  public AccountNews(Engine<Ledger> engine, MerchantRegistry merchants, LiveHub hub) {
    this.engine = engine;
    this.merchants = merchants;
    this.hub = hub;
  }

  @Override
  public Future<?> read(
      SqlConnection connection, List<RecordedBlock> blocks, List<Movement> movements) {
    return Future.succeededFuture();
  }

  @Override
  public void told(List<RecordedBlock> blocks, List<Movement> movements) {
    for (var block : blocks) {
      hub.publish(
          new Topic.Blocks(),
          "block",
          new JsonObject()
              .put("height", block.height())
              .put("time", Json.time(block.timeMillis()))
              .put("hash", block.hash().toString())
              .put("transactions", block.transactions().size()));
    }
    var touched = new HashSet<AccountId>();
    for (var movement : movements) {
      movement.payer().ifPresent(account -> tell(account, movement, true, touched));
      movement.payee().ifPresent(account -> tell(account, movement, false, touched));
    }
    touched.forEach(this::tellBalance);
  }

  private void tell(AccountId account, Movement movement, boolean out, Set<AccountId> touched) {
    touched.add(account);
    var event =
        switch (movement.kind()) {
          case REFUND -> "refund";
          case PAYOUT, PAYOUT_VOID, CHARGES -> "settlement";
          case PAYMENT, COMPOSITE, HOLD, ISSUE, REDEEM, REWARD, SOLD, SWEPT -> "payment";
        };
    var data =
        new JsonObject()
            .put("position", movement.position().toString())
            .put("transaction", movement.hash().toString())
            .put("direction", out ? "out" : "in")
            .put("kind", movement.kind().toString())
            .put("asset", movement.amount().asset().value())
            .put("amount", movement.amount().minorUnits())
            .put("time", Json.time(movement.timeMillis()));
    Json.putIfPresent(data, "reference", movement.reference());
    PartsJson.put(data, movement.parts());
    hub.publish(new Topic.OfAccount(account), event, data);
    merchants
        .byAccount(account)
        .ifPresent(merchant -> hub.publish(new Topic.OfMerchant(merchant.id()), event, data));
  }

  /** Balances cost a question to the ledger, so only those who listen are told. */
  private void tellBalance(AccountId account) {
    var topics = new java.util.ArrayList<Topic>();
    topics.add(new Topic.OfAccount(account));
    merchants
        .byAccount(account)
        .ifPresent(merchant -> topics.add(new Topic.OfMerchant(merchant.id())));
    topics.removeIf(topic -> !hub.hasListeners(topic));
    if (topics.isEmpty()) return;
    engine
        .ask(ledger -> Optional.of(ledger.view().balances(account)))
        .onSuccess(
            balances -> {
              var data =
                  new JsonObject()
                      .put("account", account.toString())
                      .put("balances", AccountRoutes.balances(balances.orElseThrow()));
              topics.forEach(topic -> hub.publish(topic, "balance", data));
            });
  }
}
