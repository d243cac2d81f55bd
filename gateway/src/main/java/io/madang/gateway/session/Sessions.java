package io.madang.gateway.session;

import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.json.JsonText;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKey;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sessions of wallets. A wallet signs a challenge with a live key of its account and gets a token
 * that says nothing and ends soon.
 */
final class Sessions {
  private static final Duration CHALLENGE_LIFE = Duration.ofMinutes(2);
  private static final Duration SESSION_LIFE = Duration.ofHours(12);
  private static final int TOKEN_LENGTH = 32;
  private static final int NONCE_LENGTH = 16;

  private final Vertx vertx;
  private final Sql sql;
  private final MasterSecret secret;
  private final Engine<Ledger> engine;
  private final Clock clock;
  private final Predicate<Statement> signature;
  private final String audience;

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
    this.signature = signature;
    this.audience = audience;
  }

  /** Words to sign. */
  record Challenge(String text, long expiresMillis) {}

  /** A session that was opened. */
  record Opened(String token, AccountId account, long expiresMillis) {}

  String audience() {
    return audience;
  }

  /** A challenge that we recognise by its own seal: nothing is stored for those who only ask. */
  Challenge challenge() {
    long expires = clock.millis() + CHALLENGE_LIFE.toMillis();
    byte[] words =
        ByteBuffer.allocate(Long.BYTES + NONCE_LENGTH)
            .putLong(expires)
            .put(MasterSecret.random(NONCE_LENGTH))
            .array();
    byte[] seal = secret.hash("challenge", words);
    byte[] whole = ByteBuffer.allocate(words.length + seal.length).put(words).put(seal).array();
    return new Challenge(Base64.getUrlEncoder().withoutPadding().encodeToString(whole), expires);
  }

  /**
   * Opens a session. Every refusal is the same problem, after the same steps: nobody learns whether
   * a key is known.
   */
  Future<Opened> open(String login) {
    return vertx
        .executeBlocking(() -> read(login), false)
        .compose(signed -> account(Objects.requireNonNull(signed)))
        .compose(this::store);
  }

  private Future<AccountId> account(Signed signed) {
    return engine
        .ask(ledger -> holder(ledger, signed))
        .compose(
            account ->
                use(signed)
                    .map(fresh -> account.filter(_ -> fresh).orElseThrow(Sessions::refused)));
  }

  /** A login whose form, signature and challenge are right, or one that stands for it. */
  private record Signed(Optional<Statement> login, byte[] challengeHash, long expiresMillis) {}

  private Signed read(String text) {
    if (!(StatementReader.read(text) instanceof StatementReading.Read(var login))) return none();
    long now = clock.millis();
    var payload = login.payload();
    var members = payload.operation().members();
    boolean fits =
        payload.purpose().equals("login")
            && payload.chain().equals(engine.standing().chain())
            && payload.validUntilMillis() >= now
            && members.size() == 2
            && members.get("audience") instanceof JsonText(var meant)
            && meant.equals(audience);
    var challenge = members.get("challenge") instanceof JsonText(var words) ? words : "";
    var expires = expiry(challenge);
    boolean signed = signature.test(login);
    if (!fits || !signed || expires.isEmpty() || expires.get() < now) return none();
    return new Signed(Optional.of(login), secret.hash("used challenge", challenge), expires.get());
  }

  private Signed none() {
    return new Signed(
        Optional.empty(), MasterSecret.random(32), clock.millis() + CHALLENGE_LIFE.toMillis());
  }

  private Optional<Long> expiry(String challenge) {
    byte[] whole;
    try {
      whole = Base64.getUrlDecoder().decode(challenge);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    int length = Long.BYTES + NONCE_LENGTH;
    if (whole.length != length + 32) return Optional.empty();
    byte[] words = Arrays.copyOf(whole, length);
    byte[] seal = Arrays.copyOfRange(whole, length, whole.length);
    return MessageDigest.isEqual(seal, secret.hash("challenge", words))
        ? Optional.of(ByteBuffer.wrap(words).getLong())
        : Optional.empty();
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

  /** Marks a challenge as used; false when it was. */
  private Future<Boolean> use(Signed signed) {
    return sql.run(
            "INSERT INTO ops.used_challenge (hash, expires_at) VALUES ($1, $2)"
                + " ON CONFLICT DO NOTHING",
            Buffer.buffer(signed.challengeHash()),
            Instant.ofEpochMilli(signed.expiresMillis()).atOffset(ZoneOffset.UTC))
        .map(rows -> rows.rowCount() == 1);
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
