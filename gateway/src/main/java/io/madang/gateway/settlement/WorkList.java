package io.madang.gateway.settlement;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Json;
import io.madang.payment.reconciliation.Consequence.LookAt;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What no rule may decide, for people. The same puzzle about the same subject stands here once,
 * also after somebody has looked: banks send their files twice.
 */
final class WorkList {
  private static final int MAX_SUBJECT = 200;

  private final Sql sql;

  WorkList(Sql sql) {
    this.sql = sql;
  }

  static Future<?> add(SqlConnection connection, String puzzle, String subject) {
    return Sql.run(
        connection,
        "INSERT INTO ops.settlement_work (puzzle, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        puzzle,
        clean(subject));
  }

  /** All that a file left open, in its order. */
  static Future<?> add(SqlConnection connection, List<LookAt> looks) {
    return Sql.run(
        connection,
        "INSERT INTO ops.settlement_work (puzzle, subject)"
            + " SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING",
        looks.stream().map(look -> look.puzzle().name()).toArray(String[]::new),
        looks.stream().map(look -> clean(look.subject())).toArray(String[]::new));
  }

  /** PostgreSQL takes no zero in a text, and nobody reads more. */
  private static String clean(String subject) {
    var clean = subject.replace('\0', ' ');
    return clean.length() > MAX_SUBJECT ? clean.substring(0, MAX_SUBJECT) : clean;
  }

  Future<?> add(String puzzle, String subject) {
    return sql.transaction(connection -> add(connection, puzzle, subject).mapEmpty());
  }

  /** Work that is open, or done; newest first, one more than the limit if there is more. */
  Future<List<JsonObject>> list(boolean done, long beforeNumber, int limit) {
    return sql.run(
            "SELECT * FROM ops.settlement_work WHERE (done_at IS NOT NULL) = $3 AND number < $1"
                + " ORDER BY number DESC LIMIT $2",
            beforeNumber,
            limit + 1,
            done)
        .map(
            rows -> {
              var work = new ArrayList<JsonObject>();
              rows.forEach(row -> work.add(view(row)));
              return List.copyOf(work);
            });
  }

  /** Somebody looked; empty when there is no such open work. */
  Future<Optional<JsonObject>> done(long number, String operator, String note) {
    return sql.run(
            "UPDATE ops.settlement_work SET done_at = now(), done_by = $2, note = $3"
                + " WHERE number = $1 AND done_at IS NULL RETURNING *",
            number,
            operator,
            note)
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(view(rows.iterator().next())));
  }

  private static JsonObject view(Row row) {
    var view =
        new JsonObject()
            .put("number", row.getLong("number"))
            .put("puzzle", Names.of(row.getString("puzzle")))
            .put("subject", row.getString("subject"))
            .put(
                "foundAt", Json.time(row.getOffsetDateTime("found_at").toInstant().toEpochMilli()));
    Json.putIfPresent(view, "note", Optional.ofNullable(row.getString("note")));
    return Json.putIfPresent(
        view,
        "doneAt",
        Optional.ofNullable(row.getOffsetDateTime("done_at"))
            .map(time -> Json.time(time.toInstant().toEpochMilli())));
  }
}
