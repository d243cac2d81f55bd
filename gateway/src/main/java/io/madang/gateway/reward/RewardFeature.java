package io.madang.gateway.reward;

import io.madang.gateway.http.Call;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.ledger.AccountId;
import io.madang.ledger.ProgrammeCode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Where rewards are given, and where operators make the keys for that. */
public final class RewardFeature implements Operations.Feature {
  private final Rewards rewards;
  private final FundKeys keys;
  private final Idempotency idempotency;

  /** Rewards from the fund of these keys. */
  public RewardFeature(Rewards rewards, FundKeys keys, Idempotency idempotency) {
    this.rewards = rewards;
    this.keys = keys;
    this.idempotency = idempotency;
  }

  @Override
  public void register(Operations operations) {
    operations.on("giveReward", this::give);
    operations.on("createFundKey", this::create);
    operations.on("listFundKeys", _ -> list());
    operations.on("revokeFundKey", this::revoke);
  }

  private Future<Reply> give(Call call) {
    var body = call.body();
    var of =
        new Rewards.Occasion(
            new ProgrammeCode(body.getString("programme")),
            AccountId.parse(body.getString("to")),
            body.getString("occasion"));
    return rewards
        .give(of, body.getLong("amount"))
        .map(hash -> Reply.ok(body.copy().put("transaction", hash.toString())));
  }

  private Future<Reply> create(Call call) {
    var name = call.body().getString("name");
    return idempotency.once(
        Idempotency.Key.of(call, "createFundKey"),
        connection ->
            keys.create(connection, name)
                .map(
                    key ->
                        Reply.created(
                            new JsonObject()
                                .put("id", key.id())
                                .put("name", name)
                                .put("apiKey", key.token()))));
  }

  private Future<Reply> list() {
    return keys.live()
        .map(
            found ->
                Reply.ok(
                    new JsonObject()
                        .put(
                            "items",
                            new JsonArray(found.stream().map(RewardFeature::view).toList()))));
  }

  private static JsonObject view(FundKeys.LiveKey key) {
    return new JsonObject()
        .put("id", key.id())
        .put("name", key.name())
        .put("createdAt", Json.time(key.createdMillis()));
  }

  private Future<Reply> revoke(Call call) {
    return keys.revoke(call.text("key"))
        .map(
            revoked -> {
              if (!revoked) throw Problem.of(ProblemType.NOT_FOUND).raised();
              return new Reply.Nothing();
            });
  }
}
