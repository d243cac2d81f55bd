package io.madang.gateway.settlement;

import io.madang.gateway.database.Sql;
import io.madang.ledger.PayoutId;
import io.madang.payment.iso20022.BankReport.Source;
import io.madang.payment.reconciliation.Consequence;
import io.madang.payment.reconciliation.Consequence.LookAt;
import io.madang.payment.reconciliation.Payout;
import io.madang.payment.reconciliation.Payout.Booking;
import io.madang.payment.reconciliation.PayoutState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Payouts in the database, and what follows from news of them. */
final class PayoutStore {
  private static final String COLUMNS = "id, run, won, state, reason, debits, credits";

  private final Sql sql;
  private final String ours;

  /**
   * Payouts in this database.
   *
   * @param ours the number of the account that pays. Bookings are of no other, so it is left out
   *     where they are stored: no account number stands in the database in clear.
   */
  PayoutStore(Sql sql, String ours) {
    this.sql = sql;
    this.ours = ours;
  }

  /** A payout and the run whose file names it. */
  record InFile(Payout payout, String run) {}

  /** All payouts of these runs or with these ids, in the order of their files. */
  Future<List<InFile>> of(
      SqlConnection connection, Collection<String> runs, Collection<String> ids) {
    return Sql.run(
            connection,
            "SELECT "
                + COLUMNS
                + " FROM ops.payout WHERE run = ANY($1) OR id = ANY($2) ORDER BY run, account"
                + " FOR UPDATE",
            runs.toArray(String[]::new),
            ids.toArray(String[]::new))
        .map(this::inFiles);
  }

  Future<List<InFile>> byIds(Collection<String> ids) {
    return sql.run(
            "SELECT " + COLUMNS + " FROM ops.payout WHERE id = ANY($1)",
            (Object) ids.toArray(String[]::new))
        .map(this::inFiles);
  }

  private List<InFile> inFiles(RowSet<Row> rows) {
    var found = new ArrayList<InFile>();
    rows.forEach(row -> found.add(new InFile(read(row), row.getString("run"))));
    return List.copyOf(found);
  }

  /** The payouts of a file that leaves now, which is what {@code BankNews.Sent} does to each. */
  static Future<?> sent(SqlConnection connection, RunId run) {
    return Sql.run(
        connection,
        "UPDATE ops.payout SET state = 'SENT', heard_at = now()"
            + " WHERE run = $1 AND state = 'CREATED'",
        run.toString());
  }

  /** Whether the bank has shown that it knows a run's file. */
  Future<Boolean> isAnswered(RunId run) {
    return sql.run(
            "SELECT FROM ops.payout WHERE run = $1 AND state NOT IN ('CREATED', 'SENT') LIMIT 1",
            run.toString())
        .map(rows -> rows.size() > 0);
  }

  /** How many payouts of a run are neither booked nor void on the chain. */
  Future<Long> countOpen(RunId run) {
    return sql.run(
            "SELECT count(*) AS n FROM ops.payout WHERE run = $1 AND state <> 'BOOKED'"
                + " AND void_state IS DISTINCT FROM 'done'",
            run.toString())
        .map(rows -> rows.iterator().next().getLong("n"));
  }

  /** How many payouts of a run came to nothing and wait for approvers to make them void. */
  Future<Long> countToVoid(RunId run) {
    return sql.run(
            "SELECT count(*) AS n FROM ops.payout WHERE run = $1 AND void_state = 'wanted'",
            run.toString())
        .map(rows -> rows.iterator().next().getLong("n"));
  }

  /** How many payouts of a run are in each state. */
  Future<JsonObject> countByState(RunId run) {
    return sql.run(
            "SELECT state, count(*) AS n FROM ops.payout WHERE run = $1 GROUP BY state"
                + " ORDER BY state",
            run.toString())
        .map(
            rows -> {
              var counts = new JsonObject();
              rows.forEach(row -> counts.put(Names.of(row.getString("state")), row.getLong("n")));
              return counts;
            });
  }

  /** What a payout became, and what follows from it. */
  record Outcome(Payout payout, List<Consequence> consequences) {}

  /**
   * Stores what a file's payouts became and what follows, in one transaction and in as many
   * statements for ten thousand of them as for one.
   *
   * @param outcomes at most one of each payout
   */
  static Future<?> store(SqlConnection connection, Collection<Outcome> outcomes) {
    var confirmed = new ArrayList<PayoutId>();
    var voided = new ArrayList<PayoutId>();
    var looks = new ArrayList<LookAt>();
    for (var outcome : outcomes) {
      for (var consequence : outcome.consequences()) {
        switch (consequence) {
          case Consequence.Confirm(var id) -> confirmed.add(id);
          case Consequence.VoidAttempt(var id, var _) -> voided.add(id);
          // The question itself goes out once this is stored.
          case Consequence.AskBank _ -> {}
          case LookAt look -> looks.add(look);
        }
      }
    }
    return storePayouts(connection, outcomes.stream().map(Outcome::payout).toList())
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "UPDATE ops.payout SET confirmed_at = now()"
                        + " WHERE id = ANY($1) AND confirmed_at IS NULL",
                    (Object) texts(confirmed, PayoutId::toString)))
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "UPDATE ops.payout SET void_state = 'wanted'"
                        + " WHERE id = ANY($1) AND void_state IS NULL",
                    (Object) texts(voided, PayoutId::toString)))
        .compose(_ -> WorkList.add(connection, looks));
  }

  private static Future<?> storePayouts(SqlConnection connection, List<Payout> payouts) {
    return Sql.run(
        connection,
        "UPDATE ops.payout p SET state = n.state, reason = n.reason, debits = n.debits::jsonb,"
            + " credits = n.credits::jsonb, heard_at = now() FROM unnest($1::text[], $2::text[],"
            + " $3::text[], $4::text[], $5::text[]) AS n (id, state, reason, debits, credits)"
            + " WHERE p.id = n.id",
        texts(payouts, payout -> payout.id().toString()),
        texts(payouts, payout -> payout.state().name()),
        texts(payouts, Payout::reason),
        texts(payouts, payout -> json(payout.debits()).encode()),
        texts(payouts, payout -> json(payout.credits()).encode()));
  }

  private static <T> String[] texts(List<T> values, Function<T, String> text) {
    return values.stream().map(text).toArray(String[]::new);
  }

  /** Payouts of which the bank has not said anything for so long, with their files' names. */
  Future<List<InFile>> silent(long seconds, int limit) {
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.payout WHERE state IN ('SENT', 'ACCEPTED', 'SETTLED') AND heard_at <"
                + " now() - make_interval(secs => $1) ORDER BY run, account LIMIT $2",
            (double) seconds,
            limit)
        .map(this::inFiles);
  }

  Future<?> asked(Collection<String> ids) {
    return sql.run(
        "UPDATE ops.payout SET heard_at = now() WHERE id = ANY($1)",
        (Object) ids.toArray(String[]::new));
  }

  /** A void attempt that is not on the chain yet. */
  record Voiding(PayoutId id, String reason, List<String> approvals, Optional<String> statement) {}

  Future<List<Voiding>> voidings(String after, int limit) {
    return sql.run(
            "SELECT id, reason, void_approvals, void_statement FROM ops.payout"
                + " WHERE void_state IN ('wanted', 'signed') AND id > $1 ORDER BY id LIMIT $2",
            after,
            limit)
        .map(PayoutStore::voidings);
  }

  Future<List<Voiding>> voidingsById(Collection<String> ids) {
    return sql.run(
            "SELECT id, reason, void_approvals, void_statement FROM ops.payout"
                + " WHERE void_state = 'wanted' AND id = ANY($1)",
            (Object) ids.toArray(String[]::new))
        .map(PayoutStore::voidings);
  }

  private static List<Voiding> voidings(RowSet<Row> rows) {
    var found = new ArrayList<Voiding>();
    for (var row : rows) {
      found.add(
          new Voiding(
              PayoutId.parse(row.getString("id")),
              row.getString("reason"),
              List.of(row.getArrayOfStrings("void_approvals")),
              Optional.ofNullable(row.getString("void_statement"))));
    }
    return List.copyOf(found);
  }

  static Future<?> approveVoid(SqlConnection connection, PayoutId id, String approval) {
    return Sql.run(
        connection,
        "UPDATE ops.payout SET void_approvals = void_approvals || $2::text"
            + " WHERE id = $1 AND void_state = 'wanted'",
        id.toString(),
        approval);
  }

  static Future<?> signVoid(SqlConnection connection, PayoutId id, String statement) {
    return Sql.run(
        connection,
        "UPDATE ops.payout SET void_state = 'signed', void_statement = $2"
            + " WHERE id = $1 AND void_state = 'wanted'",
        id.toString(),
        statement);
  }

  static Future<?> unsignVoid(SqlConnection connection, PayoutId id) {
    return Sql.run(
        connection,
        "UPDATE ops.payout SET void_state = 'wanted', void_statement = NULL, void_approvals = '{}'"
            + " WHERE id = $1 AND void_state = 'signed'",
        id.toString());
  }

  static Future<?> voided(SqlConnection connection, PayoutId id) {
    return Sql.run(
        connection,
        "UPDATE ops.payout SET void_state = 'done' WHERE id = $1 AND void_state = 'signed'",
        id.toString());
  }

  private Payout read(Row row) {
    return new Payout(
        PayoutId.parse(row.getString("id")),
        row.getLong("won"),
        PayoutState.valueOf(row.getString("state")),
        row.getString("reason"),
        bookings(row.getJsonObject("debits")),
        bookings(row.getJsonObject("credits")));
  }

  private static JsonObject json(SortedMap<Source, Booking> bookings) {
    var json = new JsonObject();
    bookings.forEach(
        (source, booking) ->
            json.put(
                source.name(),
                new JsonObject()
                    .put("report", booking.report())
                    .put("reference", booking.reference())));
    return json;
  }

  private SortedMap<Source, Booking> bookings(JsonObject json) {
    var bookings = new TreeMap<Source, Booking>();
    for (var entry : json) {
      var booking = (JsonObject) entry.getValue();
      bookings.put(
          Source.valueOf(entry.getKey()),
          new Booking(ours, booking.getString("report"), booking.getString("reference")));
    }
    return bookings;
  }
}
