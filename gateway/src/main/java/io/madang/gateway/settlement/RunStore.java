package io.madang.gateway.settlement;

import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.ledger.AssetCode;
import io.madang.payment.settlement.Closing;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs in the database. */
final class RunStore {
  private static final String SELECT = "SELECT " + Run.COLUMNS + " FROM ops.settlement_run";

  private final Sql sql;

  RunStore(Sql sql) {
    this.sql = sql;
  }

  Future<Optional<Run>> byId(RunId id) {
    return sql.run(SELECT + " WHERE id = $1", id.toString()).map(RunStore::first);
  }

  /** The runs that are not closed, in the order in which they have to go on. */
  Future<List<Run>> open(AssetCode asset) {
    return sql.run(
            SELECT + " WHERE asset = $1 AND stage <> 'CLOSED' ORDER BY day, number", asset.value())
        .map(RunStore::all);
  }

  /** The last run of an asset's last day. */
  Future<Optional<Run>> last(AssetCode asset) {
    return sql.run(
            SELECT + " WHERE asset = $1 ORDER BY day DESC, number DESC LIMIT 1", asset.value())
        .map(RunStore::first);
  }

  /** The runs of a day, of all assets. */
  Future<List<Run>> ofDay(LocalDate day) {
    return sql.run(SELECT + " WHERE day = $1 ORDER BY asset, number", day).map(RunStore::all);
  }

  /** The last day of these that is computed. */
  Future<Optional<LocalDate>> lastComputed(AssetCode asset, LocalDate from, LocalDate until) {
    return sql.run(
            "SELECT max(day) AS day FROM ops.settlement_run WHERE asset = $1"
                + " AND day BETWEEN $2 AND $3 AND last_height IS NOT NULL",
            asset.value(),
            from,
            until)
        .map(rows -> Optional.ofNullable(rows.iterator().next().getLocalDate("day")));
  }

  /** Runs, newest day first, one more than the limit if there are more. */
  Future<List<Run>> list(Optional<RunId> before, int limit) {
    var from = before.orElse(new RunId(new AssetCode("A"), LocalDate.of(9999, 12, 31), 1));
    return sql.run(
            SELECT
                + " WHERE (day, asset, number) < ($1, $2, $3)"
                + " ORDER BY day DESC, asset DESC, number DESC LIMIT $4",
            from.day(),
            from.asset().value(),
            from.number(),
            limit + 1)
        .map(RunStore::all);
  }

  /** Begins a run; one that is there stays as it is. */
  Future<Void> begin(RunId id, Closing.Stage stage) {
    return sql.run(
            "INSERT INTO ops.settlement_run (id, asset, day, number, stage, computed, file)"
                + " VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT DO NOTHING",
            id.toString(),
            id.asset().value(),
            id.day(),
            id.number(),
            stage.name(),
            Columns.of(Closing.NOTHING))
        .mapEmpty();
  }

  /** Stores what was reached, in the transaction of the work that led there. */
  static Future<?> reached(SqlConnection connection, RunId id, Closing closing) {
    return Sql.run(
        connection,
        "UPDATE ops.settlement_run SET stage = $2, computed = $3, file = $4, waiting_for = ''"
            + " WHERE id = $1",
        id.toString(),
        closing.stage().name(),
        Columns.of(closing.computed()),
        Columns.of(closing.file()));
  }

  Future<Void> reached(RunId id, Closing closing) {
    return sql.transaction(connection -> reached(connection, id, closing).mapEmpty());
  }

  static Future<?> computed(SqlConnection connection, RunId id, Run.Computed computed) {
    return Sql.run(
        connection,
        "UPDATE ops.settlement_run SET last_height = $2, created_millis = $3, execute_on = $4,"
            + " totals = $5 WHERE id = $1",
        id.toString(),
        computed.lastHeight(),
        computed.createdMillis(),
        computed.executeOn(),
        computed.totals());
  }

  Future<Void> waits(RunId id, String waitingFor) {
    return sql.run(
            "UPDATE ops.settlement_run SET waiting_for = $2 WHERE id = $1 AND waiting_for <> $2",
            id.toString(),
            waitingFor)
        .mapEmpty();
  }

  private static Optional<Run> first(RowSet<Row> rows) {
    return all(rows).stream().findFirst();
  }

  private static List<Run> all(RowSet<Row> rows) {
    var runs = new ArrayList<Run>();
    rows.forEach(row -> runs.add(Run.read(row)));
    return List.copyOf(runs);
  }
}
