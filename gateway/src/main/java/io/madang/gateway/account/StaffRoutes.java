package io.madang.gateway.account;

import io.madang.gateway.account.ApiKeys.Grant;
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

  private final Idempotency idempotency;
  private final ApiKeys keys;

  /** Routes to these keys. */
  public StaffRoutes(Idempotency idempotency, ApiKeys keys) {
    this.idempotency = idempotency;
    this.keys = keys;
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
                            new JsonArray(
                                found.stream().map(key -> view(key, caller)).toList()))));
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
    return Json.putIfPresent(view, "till", key.grant().till());
  }

  private Future<Reply> add(Call call) {
    return idempotency.once(
        Idempotency.Key.of(call, "addStaff"), connection -> add(connection, call));
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
    return keys.revoke(caller.merchant(), call.text("key"))
        .map(
            revoked -> {
              if (!revoked) throw Problem.of(ProblemType.NOT_FOUND).raised();
              return new Reply.Nothing();
            });
  }
}
