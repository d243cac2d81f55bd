package io.madang.gateway.election;

import io.madang.chain.Hash;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.account.Enrolment;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.election.DraftForm.Reward;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Failures;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays everybody who took part the same reward, after the close, once. All transfers are signed and
 * written down in an order of chance before the first leaves; what is written down is sent until it
 * is answered, and the ledger does nothing twice.
 */
final class Rewards {
  private static final Logger LOG = LoggerFactory.getLogger(Rewards.class);
  private static final Duration VALIDITY = Duration.ofMinutes(10);
  private static final int AT_ONCE = 50;
  private static final int STORE_SECONDS = 9;

  private final Sql sql;
  private final Engine<Ledger> engine;
  private final Enrolment enrolment;
  private final Turnout turnout;
  private final Clock clock;
  private final SigningKey key;
  private final SecureRandom random = new SecureRandom();
  private final Set<ElectionId> atWork = ConcurrentHashMap.newKeySet();

  Rewards(
      Sql sql,
      MasterSecret secret,
      Engine<Ledger> engine,
      Enrolment enrolment,
      Turnout turnout,
      Clock clock) {
    this.sql = sql;
    this.engine = engine;
    this.enrolment = enrolment;
    this.turnout = turnout;
    this.clock = clock;
    this.key = SigningKey.ed25519(secret.hash("rewards", "account"));
  }

  /** How far the rewards of an election are. */
  record Progress(Reward reward, int recipients, int paid, int refused) {
    boolean isDone() {
      return paid + refused == recipients;
    }
  }

  /** The account that pays. */
  AccountId payer() {
    return AccountId.of(key.publicKey());
  }

  /** How far the rewards are, if they were begun. */
  Future<Optional<Progress>> progress(ElectionId election) {
    return sql.run(
            "SELECT run.asset, run.amount, count(reward.number)::integer AS recipients,"
                + " (count(*) FILTER (WHERE reward.state = 'paid'))::integer AS paid,"
                + " (count(*) FILTER (WHERE reward.state = 'refused'))::integer AS refused"
                + " FROM ops.reward_run run LEFT JOIN ops.reward ON reward.election = run.election"
                + " WHERE run.election = $1 GROUP BY run.asset, run.amount",
            election.text())
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              var row = rows.iterator().next();
              return Optional.of(
                  new Progress(
                      new Reward(row.getString("asset"), row.getLong("amount")),
                      row.getInteger("recipients"),
                      row.getInteger("paid"),
                      row.getInteger("refused")));
            });
  }

  /**
   * Writes down all rewards of an election that has closed, unless that was done, and pays them.
   */
  Future<Progress> pay(ElectionId election, Reward reward) {
    return enrolment
        .openFor(AccountKind.MERCHANT, key, "rewards")
        .compose(_ -> turnout.all(election))
        .compose(
            places ->
                sql.longTransaction(
                    STORE_SECONDS, connection -> begin(connection, election, reward, places)))
        .compose(
            _ -> {
              goOn(election);
              return progress(election);
            })
        .map(Optional::orElseThrow);
  }

  private Future<Void> begin(
      SqlConnection connection, ElectionId election, Reward reward, List<Integer> places) {
    return Sql.run(
            connection,
            "INSERT INTO ops.reward_run (election, asset, amount) VALUES ($1, $2, $3)"
                + " ON CONFLICT DO NOTHING",
            election.text(),
            reward.asset(),
            reward.amount())
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.succeededFuture()
                    : recipients(connection, election, places)
                        .compose(
                            accounts ->
                                requireFunds(connection, reward, accounts.size())
                                    .compose(_ -> write(connection, election, reward, accounts))));
  }

  /** Those who took part and named an account, in an order of chance. */
  private Future<List<AccountId>> recipients(
      SqlConnection connection, ElectionId election, List<Integer> places) {
    var tookPart = new HashSet<>(places);
    return Sql.run(
            connection,
            "SELECT place, account FROM ops.reward_account WHERE election = $1",
            election.text())
        .map(
            rows -> {
              var accounts = new ArrayList<AccountId>();
              for (var row : rows) {
                if (tookPart.contains(row.getInteger("place"))) {
                  accounts.add(Columns.account(row, "account"));
                }
              }
              Collections.shuffle(accounts, random);
              return accounts;
            });
  }

  /** What other elections' rewards will still take is not there any more. */
  private Future<Void> requireFunds(SqlConnection connection, Reward reward, int recipients) {
    return Sql.run(
            connection,
            "SELECT coalesce(sum(run.amount), 0)::bigint AS amount FROM ops.reward"
                + " JOIN ops.reward_run run ON run.election = reward.election"
                + " WHERE reward.state = 'signed' AND run.asset = $1",
            reward.asset())
        .compose(
            rows -> {
              long promised = rows.iterator().next().getLong("amount");
              long needed = Math.multiplyExact(reward.amount(), recipients);
              return engine
                  .ask(
                      ledger ->
                          ledger.view().balance(payer(), new AssetCode(reward.asset())).available())
                  .compose(
                      available ->
                          available - promised >= needed
                              ? Future.succeededFuture()
                              : Problem.of(ProblemType.REWARDS_NOT_FUNDED)
                                  .with("account", payer().toString())
                                  .with("needed", needed)
                                  .with("available", available - promised)
                                  .fail());
            });
  }

  private Future<Void> write(
      SqlConnection connection, ElectionId election, Reward reward, List<AccountId> accounts) {
    var rows = new ArrayList<Tuple>();
    for (int i = 0; i < accounts.size(); i++) {
      rows.add(
          Tuple.of(
              election.text(),
              i,
              Columns.of(accounts.get(i)),
              transfer(election, reward, accounts.get(i)).text()));
    }
    if (rows.isEmpty()) return Future.succeededFuture();
    return connection
        .preparedQuery(
            "INSERT INTO ops.reward (election, number, account, statement, state)"
                + " VALUES ($1, $2, $3, $4, 'signed')")
        .executeBatch(rows)
        .mapEmpty();
  }

  private Statement transfer(ElectionId election, Reward reward, AccountId to) {
    return new StatementSigner(key)
        .sign(
            new Statement.Payload(
                engine.standing().chain(),
                new StatementId(HexFormat.of().formatHex(MasterSecret.random(16))),
                "transfer",
                clock.millis() + VALIDITY.toMillis(),
                JsonObject.builder()
                    .put("amount", reward.amount())
                    .put("asset", reward.asset())
                    .put("reference", "vote " + election.text().substring(0, 14))
                    .put("to", to.toString())
                    .build()));
  }

  /** Goes on with every election whose rewards are not all answered. */
  Future<Void> resume() {
    return sql.run("SELECT DISTINCT election FROM ops.reward WHERE state = 'signed'")
        .map(
            rows -> {
              rows.forEach(row -> goOn(new ElectionId(row.getString("election"))));
              return null;
            });
  }

  private void goOn(ElectionId election) {
    if (!atWork.add(election)) return;
    next(election)
        .onComplete(
            ended -> {
              atWork.remove(election);
              if (ended.failed()) {
                LOG.atWarn()
                    .addKeyValue("election", election)
                    .addKeyValue("failure", Failures.describe(ended.cause()))
                    .log("rewards wait to be resumed");
              }
            });
  }

  private Future<Void> next(ElectionId election) {
    return sql.run(
            "SELECT reward.election, number, account, statement, run.asset, run.amount"
                + " FROM ops.reward JOIN ops.reward_run run ON run.election = reward.election"
                + " WHERE reward.election = $1 AND state = 'signed' ORDER BY number LIMIT $2",
            election.text(),
            AT_ONCE)
        .compose(
            rows -> {
              if (rows.size() == 0) return Future.succeededFuture();
              var sent = new ArrayList<Future<Void>>();
              rows.forEach(row -> sent.add(submit(row)));
              return Future.join(sent).compose(_ -> next(election));
            });
  }

  private Future<Void> submit(Row row) {
    byte[] bytes = row.getString("statement").getBytes(StandardCharsets.US_ASCII);
    return engine
        .submit(bytes)
        .compose(
            answer ->
                switch (answer) {
                  case Answer.Final _, Answer.DoneBefore _ -> end(row, "paid", "");
                  case Answer.Refused(var refusal) ->
                      // Its id may be forgotten by now, but not that it took effect.
                      engine
                          .transaction(Hash.sha256(bytes))
                          .compose(
                              found -> {
                                if (found.isPresent()) return end(row, "paid", "");
                                return LedgerRefusal.of(refusal)
                                        .filter(LedgerRefusal.EXPIRED::equals)
                                        .isPresent()
                                    ? signAgain(row)
                                    : end(row, "refused", refusal.name());
                              });
                  case Answer.Overloaded(var wait) ->
                      Problem.of(ProblemType.UNAVAILABLE).retryAfter(wait).fail();
                  case Answer.Unavailable(var wait) ->
                      Problem.of(ProblemType.UNAVAILABLE).retryAfter(wait).fail();
                });
  }

  private Future<Void> end(Row row, String state, String reason) {
    return sql.run(
            "UPDATE ops.reward SET state = $3, reason = nullif($4, '')"
                + " WHERE election = $1 AND number = $2 AND state = 'signed'",
            row.getString("election"),
            row.getInteger("number"),
            state,
            reason)
        .mapEmpty();
  }

  /** An expired transfer that is not in the chain never will be. */
  private Future<Void> signAgain(Row row) {
    var statement =
        transfer(
            new ElectionId(row.getString("election")),
            new Reward(row.getString("asset"), row.getLong("amount")),
            Columns.account(row, "account"));
    return sql.run(
            "UPDATE ops.reward SET statement = $3 WHERE election = $1 AND number = $2"
                + " AND state = 'signed' AND statement = $4",
            row.getString("election"),
            row.getInteger("number"),
            statement.text(),
            row.getString("statement"))
        .mapEmpty();
  }
}
