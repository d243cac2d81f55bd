package io.madang.gateway.settlement;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Json;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What operators say of a payout file after they have asked the bank: that it never had it. One
 * says so, another confirms; then the file is taken back if it is still there, and its payouts
 * count as rejected.
 */
final class Denials {
  /** ISO 20022 has no code for a file that never came: "reason not specified by the agent". */
  static final String REASON = "MS03";

  private final Sql sql;

  Denials(Sql sql) {
    this.sql = sql;
  }

  /** Says so, or confirms what another operator has said; empty when that was done before. */
  Future<Optional<JsonObject>> say(RunId run, String operator, long nowMillis) {
    return sql.run(
            "INSERT INTO ops.file_denial AS said (run, proposed_by, proposed_millis)"
                + " VALUES ($1, $2, $3) ON CONFLICT (run) DO UPDATE"
                + " SET confirmed_by = excluded.proposed_by,"
                + " confirmed_millis = excluded.proposed_millis"
                + " WHERE said.confirmed_by IS NULL AND said.proposed_by <> excluded.proposed_by"
                + " RETURNING *",
            run.toString(),
            operator,
            nowMillis)
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(view(rows.iterator().next(), operator)));
  }

  /** What was said of a run's file. */
  Future<Optional<JsonObject>> of(RunId run, String reader) {
    return sql.run("SELECT * FROM ops.file_denial WHERE run = $1", run.toString())
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(view(rows.iterator().next(), reader)));
  }

  /** Files that two operators agree on and whose payouts are not rejected yet. */
  Future<List<String>> agreed() {
    return sql.run("SELECT run FROM ops.file_denial WHERE confirmed_by IS NOT NULL AND NOT done")
        .map(
            rows -> {
              var found = new ArrayList<String>();
              rows.forEach(row -> found.add(row.getString("run")));
              return List.copyOf(found);
            });
  }

  static Future<?> done(SqlConnection connection, String run) {
    return Sql.run(connection, "UPDATE ops.file_denial SET done = true WHERE run = $1", run);
  }

  private static JsonObject view(Row row, String reader) {
    return new JsonObject()
        .put("own", row.getString("proposed_by").equals(reader))
        .put("saidAt", Json.time(row.getLong("proposed_millis")))
        .put("confirmed", row.getString("confirmed_by") != null);
  }
}
