package io.madang.gateway.payment;

import io.madang.chain.Hash;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedTransaction;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Failures;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.LedgerProblems;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.Ledger;
import io.madang.payment.PaymentIntent.Step;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
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
 * Does what a merchant's key has to sign: refunds, captures, voids, charges of customers' codes. An
 * act is signed and written down before it is submitted, under a name and with a statement id that
 * come from its Idempotency-Key: whatever crashes in between, the same key submits the same bytes
 * again, and those take effect once.
 */
final class MerchantActs {
  private static final Logger LOG = LoggerFactory.getLogger(MerchantActs.class);
  private static final Duration VALIDITY = Duration.ofHours(12);

  private final Sql sql;
  private final MasterSecret secret;
  private final Engine<Ledger> engine;
  private final IntentStore store;
  private final IntentReader reader;
  private final MerchantRegistry merchants;
  private final Clock clock;

  MerchantActs(
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

  /** What kinds of acts there are. */
  enum Kind {
    REFUND("refund"),
    CAPTURE("capture"),
    VOID("void"),
    CUSTOMER_CODE("customer-code");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The name in the table. */
    @Override
    public String toString() {
      return text;
    }

    private static Kind parse(String text) {
      for (var kind : values()) {
        if (kind.text.equals(text)) return kind;
      }
      throw new IllegalStateException("no kind of act: " + text);
    }
  }

  /**
   * What is to be signed.
   *
   * @param amount in minor units, more than zero
   * @param payment of a refund: the position of what is given back, empty otherwise
   */
  record Words(
      String purpose, long amount, String payment, io.madang.chain.json.JsonObject operation) {}

  /** What an act comes to before anything is submitted. */
  sealed interface Decision {
    /** It is signed. */
    record Sign(Words words) implements Decision {}

    /** It is refused, and the same key is told the same again. */
    record Refuse(Problem problem) implements Decision {}
  }

  /** Decides about an act while nobody else changes its intent. */
  interface Decider {
    Future<Decision> decide(SqlConnection connection, MerchantIntent made);
  }

  /** An act as it is written down. */
  private record Written(Kind kind, Buffer name, String intent, long amount, String statement) {}

  /** What is known of a key: an answer, or a statement that is yet to be answered. */
  private sealed interface Known {
    record Answered(Reply reply) implements Known {}

    record Signed(Written act) implements Known {}
  }

  /** Does an act on the call's intent, or answers what came of it before. */
  Future<Reply> act(Kind kind, Call call, String operation, Decider decider) {
    var key = Idempotency.Key.of(call, operation);
    return store
        .byId(call.text("id"))
        .map(found -> IntentRoutes.checked(call, found))
        .compose(made -> merchants.key(made.merchant().id()))
        .compose(signing -> write(kind, call, key, signing, decider))
        .compose(
            known ->
                switch (known) {
                  case Known.Answered(var reply) -> Future.succeededFuture(reply);
                  case Known.Signed(var act) -> submit(act);
                });
  }

  private Future<Known> write(
      Kind kind, Call call, Idempotency.Key key, SigningKey signing, Decider decider) {
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
                            : store
                                .lock(connection, call.text("id"))
                                .map(found -> IntentRoutes.checked(call, found))
                                .compose(
                                    made ->
                                        decider
                                            .decide(connection, made)
                                            .compose(
                                                decision ->
                                                    write(
                                                        connection,
                                                        kind,
                                                        Buffer.buffer(name),
                                                        key,
                                                        made,
                                                        signing,
                                                        decision)))));
  }

  private Future<Optional<Known>> known(
      SqlConnection connection, Buffer name, Idempotency.Key key) {
    return Sql.run(
            connection,
            "SELECT kind, intent, amount, fingerprint, statement, state, answer"
                + " FROM ops.merchant_act WHERE name = $1",
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
                      : new Known.Answered(answered(written(name, row), row)));
            });
  }

  private static Written written(Buffer name, Row row) {
    return new Written(
        Kind.parse(row.getString("kind")),
        name,
        row.getString("intent"),
        row.getLong("amount"),
        Optional.ofNullable(row.getString("statement")).orElse(""));
  }

  private Reply answered(Written act, Row row) {
    byte[] answer = secret.open(use(act), row.getBuffer("answer").getBytes());
    var json = new JsonObject(new String(answer, StandardCharsets.UTF_8));
    return new Reply.Json(
        json.getInteger("status"),
        json.getJsonObject("body"),
        Map.of("Idempotency-Replayed", "true"));
  }

  private Future<Known> write(
      SqlConnection connection,
      Kind kind,
      Buffer name,
      Idempotency.Key key,
      MerchantIntent made,
      SigningKey signing,
      Decision decision) {
    var intent = made.intent().id().value();
    return switch (decision) {
      case Decision.Refuse(var problem) ->
          Sql.run(
                  connection,
                  "INSERT INTO ops.merchant_act (name, kind, intent, amount, fingerprint, state,"
                      + " answer) VALUES ($1, $2, $3, 0, $4, 'refused', $5)",
                  name,
                  kind.toString(),
                  intent,
                  Buffer.buffer(key.fingerprint()),
                  sealed(new Written(kind, name, intent, 0, ""), problem))
              .map(_ -> new Known.Answered(problem));
      case Decision.Sign(var words) -> {
        var statement = statement(name, words, signing).text();
        yield Sql.run(
                connection,
                "INSERT INTO ops.merchant_act (name, kind, intent, amount, payment, fingerprint,"
                    + " statement, state) VALUES ($1, $2, $3, $4, $5, $6, $7, 'signed')",
                name,
                kind.toString(),
                intent,
                words.amount(),
                words.payment().isEmpty() ? null : words.payment(),
                Buffer.buffer(key.fingerprint()),
                statement)
            .map(_ -> new Known.Signed(new Written(kind, name, intent, words.amount(), statement)));
      }
    };
  }

  private Statement statement(Buffer name, Words words, SigningKey signing) {
    return new StatementSigner(signing)
        .sign(
            new Statement.Payload(
                engine.standing().chain(),
                new StatementId(HexFormat.of().formatHex(name.getBytes(0, 16))),
                words.purpose(),
                clock.millis() + VALIDITY.toMillis(),
                words.operation()));
  }

  private Future<Reply> submit(Written act) {
    byte[] bytes = act.statement().getBytes(StandardCharsets.US_ASCII);
    return engine
        .submit(bytes)
        .compose(
            answer ->
                switch (answer) {
                  case Answer.Final(var position, var data, var time, var hash) ->
                      done(act, new ActOutcome(position, time, hash, data));
                  case Answer.DoneBefore(var position, var data, var time, var hash) ->
                      done(act, new ActOutcome(position, time, hash, data));
                  case Answer.Refused(var refusal) ->
                      // Its id may be forgotten by now, but not that it took effect.
                      engine
                          .transaction(Hash.sha256(bytes))
                          .compose(
                              found ->
                                  found.isPresent()
                                      ? done(act, outcome(found.get()))
                                      : finish(
                                          act,
                                          "refused",
                                          LedgerProblems.of(refusal),
                                          Optional.empty()));
                  case Answer.Overloaded _, Answer.Unavailable _ ->
                      Future.succeededFuture(
                          Reply.accepted(
                              new JsonObject()
                                  .put("status", "pending")
                                  .put("amount", act.amount())));
                });
  }

  private static ActOutcome outcome(RecordedTransaction recorded) {
    return new ActOutcome(
        recorded.position(), recorded.timeMillis(), recorded.hash(), recorded.result().data());
  }

  private Future<Reply> done(Written act, ActOutcome outcome) {
    return finish(
        act, "final", Reply.created(outcome.view(act.kind(), act.amount())), Optional.of(outcome));
  }

  /** Stores the answer, and with it what the intent shows, before anyone hears it. */
  private Future<Reply> finish(
      Written act, String state, Reply reply, Optional<ActOutcome> outcome) {
    return sql.transaction(
            connection ->
                Sql.run(
                        connection,
                        "UPDATE ops.merchant_act SET state = $2, answer = $3 WHERE name = $1",
                        act.name(),
                        state,
                        sealed(act, reply))
                    .compose(
                        _ ->
                            outcome.isPresent()
                                ? show(connection, act, outcome.get())
                                : Future.succeededFuture(Optional.<MerchantIntent>empty())))
        .map(
            shown -> {
              shown.ifPresent(reader::tell);
              return reply;
            });
  }

  private Buffer sealed(Written act, Reply reply) {
    var answer =
        switch (reply) {
          case Reply.Json(var status, var body, var _) ->
              new JsonObject().put("status", status).put("body", body);
          case Problem problem ->
              new JsonObject()
                  .put("status", problem.status())
                  .put("body", problem.body("replayed"));
          default -> throw new IllegalStateException("not an answer to remember");
        };
    return Buffer.buffer(secret.seal(use(act), answer.encode().getBytes(StandardCharsets.UTF_8)));
  }

  private Future<Optional<MerchantIntent>> show(
      SqlConnection connection, Written act, ActOutcome outcome) {
    return store
        .lock(connection, act.intent())
        .compose(
            found -> {
              var made = found.orElseThrow();
              return outcome.step(act.kind(), act.statement(), made.intent())
                      instanceof Step.Changed(var next)
                  ? store.update(connection, made.with(next)).map(_ -> Optional.of(made.with(next)))
                  : Future.succeededFuture(Optional.<MerchantIntent>empty());
            });
  }

  /** Submits again what was signed and never answered. */
  Future<Void> resume() {
    return sql.run(
            "SELECT name, kind, intent, amount, statement FROM ops.merchant_act"
                + " WHERE state = 'signed' AND created_at < now() - interval '15 seconds'"
                + " ORDER BY created_at LIMIT 100")
        .compose(
            rows -> {
              Future<?> all = Future.succeededFuture();
              for (var row : rows) {
                var act = written(row.getBuffer("name"), row);
                all = all.compose(_ -> submit(act));
              }
              return all;
            })
        .onFailure(
            failure ->
                LOG.atWarn()
                    .addKeyValue("failure", Failures.describe(failure))
                    .log("signed acts of merchants wait to be resumed"))
        .mapEmpty();
  }

  private static String use(Written act) {
    return "answer of " + act.kind() + " " + HexFormat.of().formatHex(act.name().getBytes());
  }
}
