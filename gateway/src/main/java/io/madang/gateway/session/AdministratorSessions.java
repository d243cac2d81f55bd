package io.madang.gateway.session;

import io.madang.chain.PublicKey;
import io.madang.chain.SignatureVerifier;
import io.madang.chain.Statement;
import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Callers;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.secret.MasterSecret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * Sessions of administrators of elections, opened as a wallet's are: with a challenge signed by a
 * key, here one of the voting channel's administrators. What they do on the chain they sign apart.
 */
public final class AdministratorSessions implements Operations.Feature, Callers {
  /** How their tokens begin. */
  public static final String PREFIX = "as_";

  private static final Duration LIFE = Duration.ofHours(12);
  private static final int TOKEN_LENGTH = 32;

  private final Vertx vertx;
  private final Sql sql;
  private final MasterSecret secret;
  private final Clock clock;
  private final Administrators administrators;
  private final Challenges challenges;
  private final LoginReader reader;

  /**
   * Sessions.
   *
   * @param audience what a login must be signed for: this gateway's public origin
   */
  public AdministratorSessions(
      Vertx vertx,
      Sql sql,
      MasterSecret secret,
      Clock clock,
      String audience,
      Administrators administrators) {
    this.vertx = vertx;
    this.sql = sql;
    this.secret = secret;
    this.clock = clock;
    this.administrators = administrators;
    this.challenges = new Challenges(sql, secret, clock);
    this.reader =
        new LoginReader(
            challenges,
            clock,
            login -> new SignatureVerifier(new SecureRandom()::nextBytes, 0).verifies(login),
            new LoginReader.Meant("administrator.login", administrators::chain, audience));
  }

  @Override
  public void register(Operations operations) {
    operations.on("createAdministratorChallenge", _ -> Future.succeededFuture(challenge()));
    operations.on("openAdministratorSession", this::open);
  }

  private Reply challenge() {
    var challenge = challenges.create();
    return Reply.created(
        new JsonObject()
            .put("challenge", challenge.text())
            .put("audience", reader.audience())
            .put("chain", administrators.chain())
            .put("expiresAt", Json.time(challenge.expiresMillis())));
  }

  private Future<Reply> open(Call call) {
    var login = call.body().getString("login");
    return vertx
        .executeBlocking(() -> reader.read(login), false)
        .compose(signed -> key(Objects.requireNonNull(signed)))
        .compose(this::store);
  }

  private Future<PublicKey> key(LoginReader.Signed signed) {
    var key = signed.login().map(Statement::signer).filter(administrators.keys()::contains);
    return challenges
        .use(signed.use())
        .map(
            fresh ->
                key.filter(_ -> fresh)
                    .orElseThrow(() -> Problem.of(ProblemType.LOGIN_REFUSED).raised()));
  }

  private Future<Reply> store(PublicKey key) {
    var token =
        PREFIX
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MasterSecret.random(TOKEN_LENGTH));
    long expires = clock.millis() + LIFE.toMillis();
    return sql.run(
            "INSERT INTO ops.administrator_session (hash, key, expires_at) VALUES ($1, $2, $3)",
            Buffer.buffer(hash(token)),
            key.toString(),
            Instant.ofEpochMilli(expires).atOffset(ZoneOffset.UTC))
        .map(
            _ ->
                Reply.created(
                    new JsonObject().put("token", token).put("expiresAt", Json.time(expires))));
  }

  @Override
  public Future<Optional<Caller>> byToken(String token) {
    return sql.run(
            "SELECT key FROM ops.administrator_session WHERE hash = $1 AND expires_at > $2",
            Buffer.buffer(hash(token)),
            clock.instant().atOffset(ZoneOffset.UTC))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.<PublicKey>empty()
                    : Optional.of(PublicKey.parse(rows.iterator().next().getString("key"))))
        .map(key -> key.filter(administrators.keys()::contains).map(Caller.Administrator::new));
  }

  private byte[] hash(String token) {
    return secret.hash("administrator session", token);
  }
}
