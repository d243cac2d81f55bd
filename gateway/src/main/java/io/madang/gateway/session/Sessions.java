package io.madang.gateway.session;

import io.madang.chain.Statement;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.session.LoginReader.Signed;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKey;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sessions of wallets. A wallet signs a challenge with a live key of its account and gets a token
 * that says nothing and ends soon.
 */
final class Sessions {
  private static final Duration SESSION_LIFE = Duration.ofHours(12);
  private static final int TOKEN_LENGTH = 32;

  private final Vertx vertx;
  private final Sql sql;
  private final MasterSecret secret;
  private final Engine<Ledger> engine;
  private final Clock clock;
  private final Challenges challenges;
  private final LoginReader reader;

  /**
   * Sessions.
   *
   * @param signature whether a statement's signature is right
   * @param audience what a login must be signed for: this gateway's public origin
   */
  Sessions(
      Vertx vertx,
      Sql sql,
      MasterSecret secret,
      Engine<Ledger> engine,
      Clock clock,
      Predicate<Statement> signature,
      String audience) {
    this.vertx = vertx;
    this.sql = sql;
    this.secret = secret;
    this.engine = engine;
    this.clock = clock;
    this.challenges = new Challenges(sql, secret, clock);
    this.reader =
        new LoginReader(
            challenges,
            clock,
            signature,
            new LoginReader.Meant("login", () -> engine.standing().chain(), audience));
  }

  /** A session that was opened. */
  record Opened(String token, AccountId account, long expiresMillis) {}

  String audience() {
    return reader.audience();
  }

  /** A challenge to sign. */
  Challenges.Challenge challenge() {
    return challenges.create();
  }

  /**
   * Opens a session. Every refusal is the same problem, after the same steps: nobody learns whether
   * a key is known.
   */
  Future<Opened> open(String login) {
    return vertx
        .executeBlocking(() -> reader.read(login), false)
        .compose(signed -> account(Objects.requireNonNull(signed)))
        .compose(this::store);
  }

  private Future<AccountId> account(Signed signed) {
    return engine
        .ask(ledger -> holder(ledger, signed))
        .compose(
            account ->
                challenges
                    .use(signed.use())
                    .map(fresh -> account.filter(_ -> fresh).orElseThrow(Sessions::refused)));
  }

  private Optional<AccountId> holder(Ledger ledger, Signed signed) {
    return signed
        .login()
        .flatMap(
            login ->
                ledger
                    .view()
                    .accountOf(login.signer())
                    .filter(account -> account.key(login.signer()).filter(this::isLive).isPresent())
                    .map(io.madang.ledger.Account::id));
  }

  private boolean isLive(AccountKey key) {
    return key.isLive(clock.millis());
  }

  private static Problem.Raised refused() {
    return Problem.of(ProblemType.LOGIN_REFUSED).raised();
  }

  private Future<Opened> store(AccountId account) {
    var token =
        "ws_"
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MasterSecret.random(TOKEN_LENGTH));
    long expires = clock.millis() + SESSION_LIFE.toMillis();
    return sql.run(
            "INSERT INTO ops.session (hash, account, expires_at) VALUES ($1, $2, $3)",
            Buffer.buffer(hash(token)),
            Columns.of(account),
            Instant.ofEpochMilli(expires).atOffset(ZoneOffset.UTC))
        .map(_ -> new Opened(token, account, expires));
  }

  /** Whose session this token opens. */
  Future<Optional<Caller>> holder(String token) {
    byte[] hash = hash(token);
    return sql.run(
            "SELECT account FROM ops.session WHERE hash = $1 AND expires_at > $2",
            Buffer.buffer(hash),
            clock.instant().atOffset(ZoneOffset.UTC))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(
                        new Caller.Wallet(
                            Base64.getEncoder().encodeToString(hash),
                            Columns.account(rows.iterator().next(), "account"))));
  }

  /** Ends a session. */
  Future<Void> close(Caller.Wallet wallet) {
    return sql.run(
            "DELETE FROM ops.session WHERE hash = $1",
            Buffer.buffer(Base64.getDecoder().decode(wallet.session())))
        .mapEmpty();
  }

  private byte[] hash(String token) {
    return secret.hash("session", token);
  }
}
