package io.madang.gateway.programme;

import io.madang.chain.Hash;
import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Purpose;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Proposals in the database. */
final class ProposalStore {
  private final Sql sql;

  ProposalStore(Sql sql) {
    this.sql = sql;
  }

  /** What somebody proposes. */
  record Draft(
      Purpose purpose,
      String about,
      AssetCode asset,
      JsonObject words,
      Optional<io.vertx.core.json.JsonObject> name) {}

  Future<Proposal> add(SqlConnection connection, Draft draft, String operator) {
    return Sql.run(
            connection,
            "INSERT INTO ops.proposal (purpose, about, asset, words, names, proposed_by)"
                + " VALUES ($1, $2, $3, $4, $5, $6) RETURNING *",
            draft.purpose().toString(),
            draft.about(),
            draft.asset().value(),
            draft.words().canonical(),
            draft.name().orElse(null),
            operator)
        .map(rows -> read(rows.iterator().next(), operator));
  }

  /** Those that wait, or all; newest first, one more than the limit if there are more. */
  Future<List<Proposal>> list(boolean onlyWaiting, long before, int limit, String reader) {
    return sql.run(
            "SELECT * FROM ops.proposal WHERE number < $1"
                + (onlyWaiting ? " AND state = 'waiting'" : "")
                + " ORDER BY number DESC LIMIT $2",
            before,
            limit + 1)
        .map(rows -> all(rows, reader));
  }

  Future<Optional<Proposal>> byNumber(long number, String reader) {
    return sql.run("SELECT * FROM ops.proposal WHERE number = $1", number)
        .map(rows -> all(rows, reader).stream().findFirst());
  }

  /** One that nobody else changes until the transaction ends. */
  static Future<Optional<Proposal>> held(SqlConnection connection, long number, String reader) {
    return Sql.run(connection, "SELECT * FROM ops.proposal WHERE number = $1 FOR UPDATE", number)
        .map(rows -> all(rows, reader).stream().findFirst());
  }

  static Future<?> approved(SqlConnection connection, long number, List<Statement> approvals) {
    return Sql.run(
        connection,
        "UPDATE ops.proposal SET approvals = $2 WHERE number = $1",
        number,
        new JsonArray(approvals.stream().map(Statement::text).toList()));
  }

  static Future<?> signed(SqlConnection connection, long number, Statement transaction) {
    return Sql.run(
        connection,
        "UPDATE ops.proposal SET state = 'signed', statement = $2, hash = $3 WHERE number = $1",
        number,
        transaction.text(),
        Columns.of(Hash.sha256(transaction.bytes())));
  }

  static Future<?> withdrawn(SqlConnection connection, long number, String reason) {
    return Sql.run(
        connection,
        "UPDATE ops.proposal SET state = 'withdrawn', reason = $2, ended_at = now()"
            + " WHERE number = $1",
        number,
        reason);
  }

  static Future<?> done(SqlConnection connection, long number) {
    return Sql.run(
        connection,
        "UPDATE ops.proposal SET state = 'done', ended_at = now()"
            + " WHERE number = $1 AND state = 'signed'",
        number);
  }

  Future<?> refused(long number, String reason) {
    return sql.run(
        "UPDATE ops.proposal SET state = 'refused', reason = $2, ended_at = now()"
            + " WHERE number = $1 AND state = 'signed'",
        number,
        reason);
  }

  /** The transactions whose outcome is not known yet, by the numbers of their proposals. */
  Future<List<Signed>> unfinished(int limit) {
    return sql.run(
            "SELECT number, statement FROM ops.proposal WHERE state = 'signed'"
                + " ORDER BY number LIMIT $1",
            limit)
        .map(
            rows -> {
              var found = new ArrayList<Signed>();
              rows.forEach(
                  row -> found.add(new Signed(row.getLong("number"), row.getString("statement"))));
              return List.copyOf(found);
            });
  }

  /** A proposal that is a transaction by now. */
  record Signed(long number, String statement) {}

  private static List<Proposal> all(RowSet<Row> rows, String reader) {
    var found = new ArrayList<Proposal>();
    rows.forEach(row -> found.add(read(row, reader)));
    return List.copyOf(found);
  }

  private static Proposal read(Row row, String reader) {
    var approvals = new ArrayList<Statement>();
    row.getJsonArray("approvals").forEach(text -> approvals.add(statement((String) text)));
    return new Proposal(
        row.getLong("number"),
        Purpose.parse(row.getString("purpose")).orElseThrow(),
        row.getString("about"),
        new AssetCode(row.getString("asset")),
        words(row.getString("words")),
        Optional.ofNullable(row.getJsonObject("names")),
        row.getString("proposed_by").equals(reader),
        row.getOffsetDateTime("proposed_at").toInstant().toEpochMilli(),
        Proposal.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        approvals,
        Optional.ofNullable(row.getBuffer("hash")).map(hash -> Hash.of(hash.getBytes()).toString()),
        row.getString("reason"));
  }

  private static Statement statement(String text) {
    if (StatementReader.read(text) instanceof StatementReading.Read(var statement)) {
      return statement;
    }
    throw new IllegalStateException("an approval that is no statement");
  }

  private static JsonObject words(String canonical) {
    if (CanonicalJson.read(canonical.getBytes(StandardCharsets.UTF_8))
        instanceof CanonicalJson.Result.Read(JsonObject object)) {
      return object;
    }
    throw new IllegalStateException("words that are not canonical JSON");
  }
}
