package io.madang.gateway.reward;

import io.madang.chain.Hash;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Failures;
import io.madang.gateway.http.LedgerProblems;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountId;
import io.madang.ledger.Grant;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.madang.ledger.Operations;
import io.madang.ledger.ProgrammeCode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives rewards from the fund, to each person once for each occasion. The signed words are written
 * down before they leave, and what is written down is sent until it is answered; the ledger does
 * nothing twice.
 */
public final class Rewards {
  private static final Logger LOG = LoggerFactory.getLogger(Rewards.class);
  private static final Duration VALIDITY = Duration.ofMinutes(10);
  private static final int RESUMED = 100;
  private static final String COLUMNS = "programme, account, occasion, amount, statement, state";

  private final Sql sql;
  private final Engine<Ledger> engine;
  private final StatementSigner fund;
  private final Clock clock;

  /** Rewards that this fund signs. */
  public Rewards(Sql sql, Engine<Ledger> engine, StatementSigner fund, Clock clock) {
    this.sql = sql;
    this.engine = engine;
    this.fund = fund;
    this.clock = clock;
  }

  /**
   * For what somebody is rewarded.
   *
   * @param occasion what names the survey, the bill or whatever it was; it stands on the chain as
   *     the reference, for everybody to see
   */
  record Occasion(ProgrammeCode programme, AccountId person, String occasion) {}

  private record Written(Occasion of, long amount, String statement, String state) {
    byte[] bytes() {
      return statement.getBytes(StandardCharsets.US_ASCII);
    }

    Hash hash() {
      return Hash.sha256(bytes());
    }
  }

  /** Gives a reward and answers with its transaction, the same one whenever it is asked for. */
  Future<Hash> give(Occasion of, long amount) {
    return sql.run(
            "INSERT INTO ops.programme_reward (programme, account, occasion, amount, statement)"
                + " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            of.programme().value(),
            Columns.of(of.person()),
            of.occasion(),
            amount,
            words(of, amount).text())
        .compose(_ -> written(of))
        .compose(
            written -> {
              if (written.amount() != amount) {
                return Problem.of(ProblemType.REWARDED_OTHERWISE)
                    .with("amount", written.amount())
                    .fail();
              }
              return switch (written.state()) {
                case "paid" -> Future.succeededFuture(written.hash());
                // What was refused never took effect, and may be possible by now.
                case "refused" -> signAgain(written).compose(this::send);
                default -> send(written);
              };
            });
  }

  /** Goes on with what was written down and not answered. */
  public Future<Void> resume() {
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.programme_reward WHERE state = 'signed'"
                + " AND created_at < now() - interval '10 seconds' ORDER BY created_at LIMIT $1",
            RESUMED)
        .compose(
            rows -> {
              var sent = new ArrayList<Future<Void>>();
              rows.forEach(row -> sent.add(send(read(row)).transform(Rewards::noted)));
              return Future.join(sent).mapEmpty();
            });
  }

  /** A refusal is written down; anything else is tried again. */
  private static Future<Void> noted(AsyncResult<Hash> ended) {
    if (ended.failed() && !(ended.cause() instanceof Problem.Raised)) {
      LOG.atWarn()
          .addKeyValue("failure", Failures.describe(ended.cause()))
          .log("a reward waits to be resumed");
    }
    return Future.succeededFuture();
  }

  private Future<Hash> send(Written written) {
    return engine
        .submit(written.bytes())
        .compose(
            answer ->
                switch (answer) {
                  case Answer.Final _, Answer.DoneBefore _ -> paid(written);
                  case Answer.Refused(var refusal) ->
                      // Its id may be forgotten by now, but not that it took effect.
                      engine
                          .transaction(written.hash())
                          .compose(
                              found -> {
                                if (found.isPresent()) return paid(written);
                                return LedgerRefusal.of(refusal)
                                        .filter(LedgerRefusal.EXPIRED::equals)
                                        .isPresent()
                                    ? signAgain(written).compose(this::send)
                                    : end(written, "refused")
                                        .compose(_ -> LedgerProblems.of(refusal).fail());
                              });
                  case Answer.Overloaded(var wait) ->
                      Problem.of(ProblemType.UNAVAILABLE).retryAfter(wait).fail();
                  case Answer.Unavailable(var wait) ->
                      Problem.of(ProblemType.UNAVAILABLE).retryAfter(wait).fail();
                });
  }

  private Future<Hash> paid(Written written) {
    return end(written, "paid").map(_ -> written.hash());
  }

  private Future<?> end(Written written, String state) {
    return change(written, written.statement(), state);
  }

  /** Words that took no effect make place for new ones; of two who do that, one wins. */
  private Future<Written> signAgain(Written written) {
    return change(written, words(written.of(), written.amount()).text(), "signed")
        .compose(_ -> written(written.of()));
  }

  private Future<?> change(Written from, String statement, String state) {
    return sql.run(
        "UPDATE ops.programme_reward SET statement = $5, state = $6"
            + " WHERE programme = $1 AND account = $2 AND occasion = $3 AND statement = $4"
            + " AND state <> 'paid'",
        from.of().programme().value(),
        Columns.of(from.of().person()),
        from.of().occasion(),
        from.statement(),
        statement,
        state);
  }

  private Future<Written> written(Occasion of) {
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.programme_reward"
                + " WHERE programme = $1 AND account = $2 AND occasion = $3",
            of.programme().value(),
            Columns.of(of.person()),
            of.occasion())
        .map(rows -> read(rows.iterator().next()));
  }

  private static Written read(Row row) {
    return new Written(
        new Occasion(
            new ProgrammeCode(row.getString("programme")),
            Columns.account(row, "account"),
            row.getString("occasion")),
        row.getLong("amount"),
        row.getString("statement"),
        row.getString("state"));
  }

  private Statement words(Occasion of, long amount) {
    return fund.sign(
        new Statement.Payload(
            engine.standing().chain(),
            new StatementId(HexFormat.of().formatHex(MasterSecret.random(16))),
            "reward",
            clock.millis() + VALIDITY.toMillis(),
            Operations.reward(of.person(), new Grant(of.programme(), amount), of.occasion())));
  }
}
