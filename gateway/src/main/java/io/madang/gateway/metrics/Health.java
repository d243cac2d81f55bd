package io.madang.gateway.metrics;

import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Reply;
import io.madang.ledger.Ledger;
import io.madang.voting.chain.BallotBox;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Whether the process runs, and whether it can take payments and ballots. */
public final class Health implements Operations.Feature {
  private final Engine<Ledger> engine;
  private final Engine<BallotBox> votes;
  private final Sql sql;

  /** The health of what this gateway stands on. */
  public Health(Engine<Ledger> engine, Engine<BallotBox> votes, Sql sql) {
    this.engine = engine;
    this.votes = votes;
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
    boolean payments = engine.standing().available();
    boolean elections = votes.standing().available();
    var checks =
        new JsonObject()
            .put("database", say(database))
            .put("engine", say(payments))
            .put("votes", say(elections));
    boolean up = database && payments && elections;
    var body = new JsonObject().put("status", say(up)).put("checks", checks);
    return up ? Reply.ok(body) : new Reply.Json(503, body, Map.of("Retry-After", "1"));
  }

  private static String say(boolean up) {
    return up ? "up" : "down";
  }
}
