package io.madang.gateway.payment;

import io.madang.chain.Hash;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedTransaction;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Failures;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.LedgerProblems;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.madang.payment.PaymentIntent.State;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives payments back. A refund is signed and written down before it is submitted, under a name and
 * with a statement id that come from its Idempotency-Key: whatever crashes in between, the same key
 * submits the same bytes again, and those take effect once.
 */
final class Refunds implements Operations.Feature {
  private static final Logger LOG = LoggerFactory.getLogger(Refunds.class);
  private static final Duration VALIDITY = Duration.ofHours(12);

  private final Sql sql;
  private final MasterSecret secret;
  private final Engine<Ledger> engine;
  private final IntentStore store;
  private final IntentReader reader;
  private final MerchantRegistry merchants;
  private final Clock clock;

  Refunds(
      Sql sql,
      MasterSecret secret,
      Engine<Ledger> engine,
      IntentStore store,
      IntentReader reader,
      MerchantRegistry merchants,
      Clock clock) {
    this.sql = sql;
    this.secret = secret;
    this.engine = engine;
    this.store = store;
    this.reader = reader;
    this.merchants = merchants;
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("refundIntent", this::refund);
  }

  /** A refund as it is written down. */
  private record Written(Buffer name, String intent, long amount, String statement) {}

  /** What is known of a key: an answer, or a statement that is yet to be answered. */
  private sealed interface Known {
    record Answered(Reply reply) implements Known {}

    record Signed(Written refund) implements Known {}
  }

  private Future<Reply> refund(Call call) {
    var key = Idempotency.Key.of(call, "refundIntent");
    return store
        .byId(call.text("id"))
        .map(found -> IntentRoutes.checked(call, found))
        .compose(made -> prepare(made).compose(means -> write(call, key, means)))
        .compose(
            known ->
                switch (known) {
                  case Known.Answered(var reply) -> Future.succeededFuture(reply);
                  case Known.Signed(var refund) -> submit(refund);
                });
  }

  /** What signing needs, fetched before anything is locked. */
  private record Means(Optional<JsonObject> proof, SigningKey key) {}

  private Future<Means> prepare(MerchantIntent made) {
    var proof =
        made.intent().state() instanceof State.Paid(var payment, var _)
            ? engine.paymentProof(payment.position())
            : Future.succeededFuture(Optional.<JsonObject>empty());
    return proof.compose(
        found -> merchants.key(made.merchant().id()).map(key -> new Means(found, key)));
  }

  private Future<Known> write(Call call, Idempotency.Key key, Means means) {
    byte[] name = key.name(secret);
    return sql.transaction(
        connection ->
            Sql.run(
                    connection,
                    "SELECT pg_try_advisory_xact_lock($1) AS mine",
                    ByteBuffer.wrap(name).getLong())
                .compose(
                    lock ->
                        lock.iterator().next().getBoolean("mine")
                            ? known(connection, Buffer.buffer(name), key)
                            : Problem.of(ProblemType.IDEMPOTENCY_KEY_IN_USE).fail())
                .compose(
                    known ->
                        known.isPresent()
                            ? Future.succeededFuture(known.get())
                            : sign(connection, call, Buffer.buffer(name), key, means)));
  }

  private Future<Optional<Known>> known(
      SqlConnection connection, Buffer name, Idempotency.Key key) {
    return Sql.run(
            connection,
            "SELECT intent, amount, fingerprint, statement, state, answer FROM ops.refund"
                + " WHERE name = $1",
            name)
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              var row = rows.iterator().next();
              if (!Arrays.equals(row.getBuffer("fingerprint").getBytes(), key.fingerprint())) {
                throw Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED).raised();
              }
              return Optional.of(
                  row.getString("state").equals("signed")
                      ? new Known.Signed(written(name, row))
                      : new Known.Answered(answered(name, row)));
            });
  }

  private static Written written(Buffer name, Row row) {
    return new Written(
        name, row.getString("intent"), row.getLong("amount"), row.getString("statement"));
  }

  private Reply answered(Buffer name, Row row) {
    byte[] answer = secret.open(use(name), row.getBuffer("answer").getBytes());
    var json = new io.vertx.core.json.JsonObject(new String(answer, StandardCharsets.UTF_8));
    return new Reply.Json(
        json.getInteger("status"),
        json.getJsonObject("body"),
        Map.of("Idempotency-Replayed", "true"));
  }

  private Future<Known> sign(
      SqlConnection connection, Call call, Buffer name, Idempotency.Key key, Means means) {
    return store
        .lock(connection, call.text("id"))
        .compose(
            found -> {
              var made = IntentRoutes.checked(call, found);
              return underWay(connection, made)
                  .compose(
                      underWay -> {
                        var left = made.intent().refundable() - underWay;
                        long amount = call.body().getLong("amount", left);
                        var objection = objection(call.merchant(), made, amount, left, means);
                        if (objection.isPresent()) {
                          return refuse(connection, name, key, made, amount, objection.get());
                        }
                        var statement = statement(name, amount, means);
                        return Sql.run(
                                connection,
                                "INSERT INTO ops.refund (name, intent, amount, fingerprint,"
                                    + " statement, state) VALUES ($1, $2, $3, $4, $5, 'signed')",
                                name,
                                made.intent().id().value(),
                                amount,
                                Buffer.buffer(key.fingerprint()),
                                statement.text())
                            .map(
                                _ ->
                                    new Known.Signed(
                                        new Written(
                                            name,
                                            made.intent().id().value(),
                                            amount,
                                            statement.text())));
                      });
            });
  }

  /** A refusal is remembered like any answer: the same key gets it again. */
  private Future<Known> refuse(
      SqlConnection connection,
      Buffer name,
      Idempotency.Key key,
      MerchantIntent made,
      long amount,
      Problem problem) {
    return Sql.run(
            connection,
            "INSERT INTO ops.refund (name, intent, amount, fingerprint, state, answer)"
                + " VALUES ($1, $2, $3, $4, 'refused', $5)",
            name,
            made.intent().id().value(),
            amount,
            Buffer.buffer(key.fingerprint()),
            sealed(name, problem))
        .map(_ -> new Known.Answered(problem));
  }

  /** What other refunds of this intent have promised but not yet done. */
  private static Future<Long> underWay(SqlConnection connection, MerchantIntent made) {
    return Sql.run(
            connection,
            "SELECT coalesce(sum(amount), 0)::bigint AS amount FROM ops.refund"
                + " WHERE intent = $1 AND state = 'signed'",
            made.intent().id().value())
        .map(rows -> rows.iterator().next().getLong("amount"));
  }

  private static Optional<Problem> objection(
      Caller.Merchant caller, MerchantIntent made, long amount, long left, Means means) {
    if (!(made.intent().state() instanceof State.Paid)) {
      return Optional.of(Problem.of(ProblemType.INTENT_NOT_PAID));
    }
    if (amount > left || amount == 0) {
      return Optional.of(Problem.of(ProblemType.MORE_THAN_LEFT).with("available", left));
    }
    if (caller.role() == Caller.Role.CASHIER && amount > caller.refundLimit()) {
      return Optional.of(
          Problem.of(ProblemType.OVER_REFUND_LIMIT).with("limit", caller.refundLimit()));
    }
    return means.proof().isEmpty()
        ? Optional.of(LedgerProblems.of(LedgerRefusal.PAYMENT_NOT_PROVEN.refusal()))
        : Optional.empty();
  }

  private Statement statement(Buffer name, long amount, Means means) {
    return new StatementSigner(means.key())
        .sign(
            new Statement.Payload(
                engine.standing().chain(),
                new StatementId(HexFormat.of().formatHex(name.getBytes(0, 16))),
                "refund",
                clock.millis() + VALIDITY.toMillis(),
                JsonObject.builder()
                    .put("amount", amount)
                    .put("payment", means.proof().orElseThrow())
                    .build()));
  }

  private Future<Reply> submit(Written refund) {
    byte[] bytes = refund.statement().getBytes(StandardCharsets.US_ASCII);
    return engine
        .submit(bytes)
        .compose(
            answer ->
                switch (answer) {
                  case Answer.Final done ->
                      done(refund, done.position().toString(), done.hash(), done.data());
                  case Answer.DoneBefore done ->
                      done(refund, done.position().toString(), done.hash(), done.data());
                  case Answer.Refused(var refusal) ->
                      // Its id may be forgotten by now, but not that it took effect.
                      engine
                          .transaction(Hash.sha256(bytes))
                          .compose(
                              found ->
                                  found.isPresent()
                                      ? done(refund, found.get())
                                      : finish(refund, "refused", LedgerProblems.of(refusal)));
                  case Answer.Overloaded _, Answer.Unavailable _ ->
                      Future.succeededFuture(
                          Reply.accepted(
                              new io.vertx.core.json.JsonObject()
                                  .put("status", "pending")
                                  .put("amount", refund.amount())));
                });
  }

  private Future<Reply> done(Written refund, RecordedTransaction recorded) {
    return done(refund, recorded.position().toString(), recorded.hash(), recorded.result().data());
  }

  private Future<Reply> done(Written refund, String position, Hash hash, byte[] data) {
    return finish(
        refund,
        "final",
        Reply.created(
            new io.vertx.core.json.JsonObject()
                .put("status", "final")
                .put("position", position)
                .put("transaction", hash.toString())
                .put("amount", refund.amount())
                .put("refunded", refundedInAll(data))));
  }

  private static long refundedInAll(byte[] data) {
    if (CanonicalJson.read(data) instanceof CanonicalJson.Result.Read(JsonObject result)
        && result.get("refund").orElse(null) instanceof JsonObject refund
        && refund.get("refunded").orElse(null) instanceof JsonNumber(var sum)) {
      return sum;
    }
    throw new IllegalStateException("a refund without its result");
  }

  /** Stores the answer, and with it what the intent shows, before anyone hears it. */
  private Future<Reply> finish(Written refund, String state, Reply reply) {
    return sql.transaction(
            connection ->
                Sql.run(
                        connection,
                        "UPDATE ops.refund SET state = $2, answer = $3 WHERE name = $1",
                        refund.name(),
                        state,
                        sealed(refund.name(), reply))
                    .compose(_ -> show(connection, refund, reply)))
        .map(
            shown -> {
              shown.ifPresent(reader::tell);
              return reply;
            });
  }

  private Buffer sealed(Buffer name, Reply reply) {
    var answer =
        switch (reply) {
          case Reply.Json(var status, var body, var _) ->
              new io.vertx.core.json.JsonObject().put("status", status).put("body", body);
          case Problem problem ->
              new io.vertx.core.json.JsonObject()
                  .put("status", problem.status())
                  .put("body", problem.body("replayed"));
          default -> throw new IllegalStateException("not an answer to remember");
        };
    return Buffer.buffer(secret.seal(use(name), answer.encode().getBytes(StandardCharsets.UTF_8)));
  }

  private Future<Optional<MerchantIntent>> show(
      SqlConnection connection, Written refund, Reply reply) {
    if (!(reply instanceof Reply.Json(var _, var body, var _))) {
      return Future.succeededFuture(Optional.empty());
    }
    return store
        .lock(connection, refund.intent())
        .compose(
            found -> {
              var made = found.orElseThrow();
              return made.intent().refunded(body.getLong("refunded"))
                      instanceof io.madang.payment.PaymentIntent.Step.Changed(var next)
                  ? store
                      .update(connection, made.with(next, made.paidBy()))
                      .map(_ -> Optional.of(made.with(next, made.paidBy())))
                  : Future.succeededFuture(Optional.<MerchantIntent>empty());
            });
  }

  /** Submits again what was signed and never answered. */
  Future<Void> resume() {
    return sql.run(
            "SELECT name, intent, amount, statement FROM ops.refund WHERE state = 'signed'"
                + " AND created_at < now() - interval '15 seconds' ORDER BY created_at LIMIT 100")
        .compose(
            rows -> {
              Future<?> all = Future.succeededFuture();
              for (var row : rows) {
                var refund = written(row.getBuffer("name"), row);
                all = all.compose(_ -> submit(refund));
              }
              return all;
            })
        .onFailure(
            failure ->
                LOG.atWarn()
                    .addKeyValue("failure", Failures.describe(failure))
                    .log("refunds wait to be resumed"))
        .mapEmpty();
  }

  private static String use(Buffer name) {
    return "answer of refund " + HexFormat.of().formatHex(name.getBytes());
  }
}
