package io.madang.gateway.metrics;

import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Reply;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Whether the process runs, and whether it can take payments. */
public final class Health implements Operations.Feature {
  private final Engine<Ledger> engine;
  private final Sql sql;

  /** The health of what this gateway stands on. */
  public Health(Engine<Ledger> engine, Sql sql) {
    this.engine = engine;
    this.sql = sql;
  }

  @Override
  public void register(Operations operations) {
    operations.on(
        "isLive", _ -> Future.succeededFuture(Reply.ok(new JsonObject().put("status", "up"))));
    operations.on("isReady", _ -> ready());
  }

  private Future<Reply> ready() {
    return sql.run("SELECT 1").map(true).otherwise(false).map(this::ready);
  }

  private Reply ready(boolean database) {
    boolean available = engine.standing().available();
    var checks = new JsonObject().put("database", say(database)).put("engine", say(available));
    boolean up = database && available;
    var body = new JsonObject().put("status", say(up)).put("checks", checks);
    return up ? Reply.ok(body) : new Reply.Json(503, body, Map.of("Retry-After", "1"));
  }

  private static String say(boolean up) {
    return up ? "up" : "down";
  }
}
