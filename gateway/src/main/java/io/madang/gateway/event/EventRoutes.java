package io.madang.gateway.event;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Reply;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A merchant's events for those who ask instead of being told, in the order of their numbers. */
public final class EventRoutes implements Operations.Feature {
  private final Vertx vertx;
  private final Sql sql;
  private final Map<MerchantId, Set<Promise<Void>>> waiting = new ConcurrentHashMap<>();

  /** Events of this outbox. */
  public EventRoutes(Vertx vertx, Sql sql, Outbox outbox) {
    this.vertx = vertx;
    this.sql = sql;
    outbox.onCommitted(this::wake);
  }

  @Override
  public void register(Operations operations) {
    operations.on("listMerchantEvents", this::list);
  }

  private Future<Reply> list(Call call) {
    var merchant = call.merchant().merchant();
    var after = call.optional("after").orElse("0");
    Future<Long> from =
        after.equals("now") ? last(merchant) : Future.succeededFuture(Long.parseLong(after));
    return from.compose(number -> page(merchant, number, call.limit(), call.integer("wait", 0)));
  }

  private Future<Long> last(MerchantId merchant) {
    return sql.run("SELECT last FROM ops.event_counter WHERE merchant = $1", merchant.value())
        .map(rows -> rows.size() == 0 ? 0 : rows.iterator().next().getLong("last"));
  }

  private Future<Reply> page(MerchantId merchant, long after, int limit, long waitSeconds) {
    // Listening begins before reading: what comes in between wakes.
    Optional<Promise<Void>> news =
        waitSeconds == 0 ? Optional.empty() : Optional.of(listen(merchant, waitSeconds));
    return read(merchant, after, limit)
        .compose(
            found -> {
              if (found.size() > 0 || news.isEmpty()) return Future.succeededFuture(found);
              return news.get().future().compose(_ -> read(merchant, after, limit));
            })
        .onComplete(_ -> news.ifPresent(Promise::tryComplete))
        .map(found -> Reply.ok(page(found, after)));
  }

  private Promise<Void> listen(MerchantId merchant, long seconds) {
    Promise<Void> promise = Promise.promise();
    waiting.compute(
        merchant,
        (_, others) -> {
          var all = others == null ? ConcurrentHashMap.<Promise<Void>>newKeySet() : others;
          all.add(promise);
          return all;
        });
    long timer = vertx.setTimer(1_000 * seconds, _ -> promise.tryComplete());
    promise
        .future()
        .onComplete(
            _ -> {
              vertx.cancelTimer(timer);
              forget(merchant, promise);
            });
    return promise;
  }

  private void forget(MerchantId merchant, Promise<Void> promise) {
    waiting.computeIfPresent(
        merchant,
        (_, all) -> {
          all.remove(promise);
          return all.isEmpty() ? null : all;
        });
  }

  private void wake(Set<MerchantId> merchants) {
    for (var merchant : merchants) {
      waiting.getOrDefault(merchant, Set.of()).forEach(Promise::tryComplete);
    }
  }

  private Future<RowSet<Row>> read(MerchantId merchant, long after, int limit) {
    return sql.run(
        "SELECT number, id, body FROM ops.event WHERE merchant = $1 AND number > $2"
            + " ORDER BY number LIMIT $3",
        merchant.value(),
        after,
        limit);
  }

  private static JsonObject page(RowSet<Row> found, long after) {
    var items = new JsonArray();
    long last = after;
    for (var row : found) {
      last = row.getLong("number");
      items.add(
          new JsonObject()
              .put("id", row.getString("id"))
              .put("number", last)
              .mergeIn(new JsonObject(row.getString("body"))));
    }
    return new JsonObject().put("items", items).put("next", Long.toString(last));
  }
}
