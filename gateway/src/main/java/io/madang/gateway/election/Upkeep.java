package io.madang.gateway.election;

import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.ledger.AccountId;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What elections need again and again: telling voters of their ballots, and wiping traces. */
final class Upkeep {
  private static final int AT_ONCE = 50;
  private static final List<String> TABLES =
      List.of("ops.reward_account", "ops.sign_in", "ops.passkey", "ops.participation");
  private static final int MOST_NOTICES = 200;

  private final Sql sql;
  private final Roll roll;
  private final Turnout turnout;
  private final Board board;
  private final Optional<MailFolder> post;
  private final SecureRandom random = new SecureRandom();

  Upkeep(Sql sql, Roll roll, Turnout turnout, Board board, Optional<MailFolder> post) {
    this.sql = sql;
    this.roll = roll;
    this.turnout = turnout;
    this.board = board;
    this.post = post;
  }

  /** Forgets codes that are of no use any more. */
  Future<Void> forget() {
    return sql.run("DELETE FROM ops.sign_in WHERE keep_until < now()").mapEmpty();
  }

  /**
   * Tells voters that a ballot was cast in their names, in an order of chance. Who was told is
   * noted after the message is safe: a crash in between tells somebody twice.
   */
  Future<Void> tellVoters() {
    if (post.isEmpty()) return Future.succeededFuture();
    return sql.run(
            "SELECT DISTINCT election FROM ops.participation WHERE unnoticed <> $1",
            Turnout.nobody())
        .compose(
            rows -> {
              Future<Void> all = Future.succeededFuture();
              for (var row : rows) {
                var election = new ElectionId(row.getString("election"));
                all = all.compose(_ -> tell(election, post.get()));
              }
              return all;
            });
  }

  private Future<Void> tell(ElectionId election, MailFolder mail) {
    return turnout
        .unnoticed(election, random)
        .compose(
            places -> {
              Future<Void> all = Future.succeededFuture();
              for (int place : places.subList(0, Math.min(MOST_NOTICES, places.size()))) {
                all =
                    all.compose(_ -> roll.at(election, place))
                        .compose(
                            entry ->
                                mail.send(MailFolder.notice(election, entry.voter().contact())))
                        .compose(_ -> turnout.noticed(election, place));
              }
              return all;
            });
  }

  /** Wipes what the order of rows would tell of elections that have closed. */
  Future<Void> tidyClosed() {
    return sql.run(
            "SELECT election FROM ops.election_draft WHERE NOT tidied AND roll_voters > 0"
                + " ORDER BY number DESC LIMIT $1",
            AT_ONCE)
        .compose(
            rows -> {
              Future<Void> all = Future.succeededFuture();
              for (var row : rows) {
                var election = new ElectionId(row.getString("election"));
                all = all.compose(_ -> tidyIfClosed(election));
              }
              return all;
            });
  }

  private Future<Void> tidyIfClosed(ElectionId election) {
    return board
        .stage(election)
        .compose(
            stage ->
                stage.filter(RewardRoutes::isClosed).isPresent()
                    ? sql.transaction(connection -> tidy(connection, election))
                        .compose(_ -> vacuum())
                    : Future.succeededFuture());
  }

  private Future<Void> tidy(SqlConnection connection, ElectionId election) {
    return Sql.run(
            connection,
            "DELETE FROM ops.reward_account WHERE election = $1 RETURNING place, account",
            election.text())
        .compose(
            rows -> {
              record Kept(int place, AccountId account) {}
              var kept = new ArrayList<Kept>();
              rows.forEach(
                  row ->
                      kept.add(new Kept(row.getInteger("place"), Columns.account(row, "account"))));
              Collections.shuffle(kept, random);
              return Sql.run(
                  connection,
                  "INSERT INTO ops.reward_account SELECT $1, * FROM unnest($2::integer[], $3::bytea[])",
                  election.text(),
                  kept.stream().map(Kept::place).toArray(Integer[]::new),
                  kept.stream().map(one -> Columns.of(one.account())).toArray(Buffer[]::new));
            })
        .compose(
            _ ->
                Sql.run(connection, "DELETE FROM ops.sign_in WHERE election = $1", election.text()))
        .compose(
            _ ->
                Sql.run(connection, "DELETE FROM ops.passkey WHERE election = $1", election.text()))
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "UPDATE ops.election_draft SET tidied = true WHERE election = $1",
                    election.text()))
        .mapEmpty();
  }

  /** Old versions of rows go too, as far as no other transaction could still see them. */
  private Future<Void> vacuum() {
    Future<?> all = Future.succeededFuture();
    for (var table : TABLES) {
      all = all.compose(_ -> sql.run("VACUUM " + table));
    }
    return all.mapEmpty();
  }
}
