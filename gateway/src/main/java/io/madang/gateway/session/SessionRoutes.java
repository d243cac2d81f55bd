package io.madang.gateway.session;

import io.madang.chain.SignatureVerifier;
import io.madang.gateway.account.ApiKeys;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Callers;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Reply;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** Challenges, sessions, and who shows which token. */
public final class SessionRoutes implements Operations.Feature, Callers {
  private final Sessions sessions;
  private final ApiKeys keys;

  /**
   * Sessions and keys.
   *
   * @param audience what a login must be signed for: this gateway's public origin
   */
  public SessionRoutes(
      Vertx vertx,
      Sql sql,
      MasterSecret secret,
      Engine<Ledger> engine,
      Clock clock,
      String audience,
      ApiKeys keys) {
    this.sessions =
        new Sessions(
            vertx,
            sql,
            secret,
            engine,
            clock,
            login -> new SignatureVerifier(new SecureRandom()::nextBytes, 0).verifies(login),
            audience);
    this.keys = keys;
  }

  @Override
  public void register(Operations operations) {
    operations.on("createChallenge", _ -> Future.succeededFuture(challenge()));
    operations.on("openSession", this::open);
    operations.on("closeSession", call -> sessions.close(call.wallet()).map(new Reply.Nothing()));
  }

  @Override
  public Future<Optional<Caller>> byToken(String token) {
    // One look-up either way, in tables of the same form.
    return token.startsWith("ws_") ? sessions.holder(token) : keys.holder(token);
  }

  private Reply challenge() {
    var challenge = sessions.challenge();
    return Reply.created(
        new JsonObject()
            .put("challenge", challenge.text())
            .put("audience", sessions.audience())
            .put("expiresAt", Json.time(challenge.expiresMillis())));
  }

  private Future<Reply> open(Call call) {
    return sessions
        .open(call.body().getString("login"))
        .map(
            opened ->
                Reply.created(
                    new JsonObject()
                        .put("token", opened.token())
                        .put("account", opened.account().toString())
                        .put("expiresAt", Json.time(opened.expiresMillis()))));
  }
}
