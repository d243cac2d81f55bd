package io.madang.gateway.account;

import io.madang.gateway.account.ApiKeys.Grant;
import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.Locale;
import java.util.Optional;

/** Who works for a merchant: its owner makes a key for everybody and every program. */
public final class StaffRoutes implements Operations.Feature {
  private static final int MOST_EACH = 200;

  private final Sql sql;
  private final Idempotency idempotency;
  private final ApiKeys keys;
  private final KeyNotices notices;

  /** Routes to these keys. */
  public StaffRoutes(Sql sql, Idempotency idempotency, ApiKeys keys, KeyNotices notices) {
    this.sql = sql;
    this.idempotency = idempotency;
    this.keys = keys;
    this.notices = notices;
  }

  @Override
  public void register(Operations operations) {
    operations.on("listStaff", this::list);
    operations.on("addStaff", this::add);
    operations.on("removeStaff", this::remove);
  }

  private Future<Reply> list(Call call) {
    var caller = call.merchant();
    return keys.live(caller.merchant())
        .map(
            found ->
                Reply.ok(
                    new JsonObject()
                        .put(
                            "items",
                            new JsonArray(found.stream().map(key -> view(key, caller)).toList()))));
  }

  private static JsonObject view(ApiKeys.LiveKey key, Caller.Merchant caller) {
    var view =
        new JsonObject()
            .put("id", key.id())
            .put("name", key.name())
            .put("role", key.grant().role().name().toLowerCase(Locale.ROOT))
            .put("refundLimit", key.grant().refundLimit())
            .put("createdAt", Json.time(key.createdMillis()))
            .put("current", key.id().equals(caller.key()));
    Json.putIfPresent(view, "usedAt", key.usedMillis().map(Json::time));
    return Json.putIfPresent(view, "till", key.grant().till());
  }

  private Future<Reply> add(Call call) {
    return idempotency
        .once(Idempotency.Key.of(call, "addStaff"), connection -> add(connection, call))
        .onSuccess(_ -> notices.committed(call.merchant().merchant()));
  }

  private Future<Reply> add(SqlConnection connection, Call call) {
    var body = call.body();
    var grant =
        new Grant(
            call.merchant().merchant(),
            Caller.Role.valueOf(body.getString("role").toUpperCase(Locale.ROOT)),
            Optional.ofNullable(body.getString("till")),
            body.getLong("refundLimit", 0L));
    return keys.countLive(connection, grant.merchant())
        .compose(
            count -> {
              if (count >= MOST_EACH) {
                return Future.succeededFuture(Problem.of(ProblemType.TOO_MANY_KEYS_HERE));
              }
              return keys.create(connection, grant)
                  .compose(
                      key ->
                          keys.name(connection, key.id(), body.getString("name"))
                              .compose(
                                  _ ->
                                      notices.made(
                                          connection, grant, key.id(), body.getString("name")))
                              .map(
                                  _ ->
                                      Reply.created(
                                          new JsonObject()
                                              .put("id", key.id())
                                              .put("name", body.getString("name"))
                                              .put("role", body.getString("role"))
                                              .put("apiKey", key.token()))));
            });
  }

  private Future<Reply> remove(Call call) {
    var caller = call.merchant();
    // Whoever shuts themselves out would have to ask the operator.
    if (call.text("key").equals(caller.key())) {
      return Problem.of(ProblemType.KEY_OF_THIS_CALL).fail();
    }
    return sql.transaction(
            connection ->
                keys.revoke(connection, caller.merchant(), call.text("key"))
                    .compose(
                        ended -> {
                          if (ended.isEmpty()) return Problem.of(ProblemType.NOT_FOUND).fail();
                          return notices
                              .ended(connection, caller.merchant(), ended.get())
                              .map(_ -> (Reply) new Reply.Nothing());
                        }))
        .onSuccess(_ -> notices.committed(caller.merchant()));
  }
}
