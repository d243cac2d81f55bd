package io.madang.gateway.settlement;

import io.madang.chain.Hash;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Json;
import io.madang.ledger.Ledger;
import io.madang.payment.iso20022.BankReport;
import io.madang.payment.settlement.BusinessDays;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The proof of reserves: for each day what was outstanding after its last block of all that
 * merchants are paid won for, beside what the bank's statement says was booked on the account that
 * pays. One account stands behind coins and vouchers alike, so it is compared with their sum.
 */
final class Reserves {
  private static final String SELECT =
      "SELECT d.day, d.height, d.block_hash, d.state_hash, d.coins, s.file, s.part, s.booked,"
          + " s.received_at FROM ops.reserve_day AS d LEFT JOIN LATERAL (SELECT * FROM"
          + " ops.reserve_statement AS one WHERE one.day = d.day ORDER BY number DESC LIMIT 1) AS s"
          + " ON true";

  private final Sql sql;
  private final Engine<Ledger> engine;
  private final BusinessDays businessDays;
  private final Clock clock;

  Reserves(Sql sql, Engine<Ledger> engine, BusinessDays businessDays, Clock clock) {
    this.sql = sql;
    this.engine = engine;
    this.businessDays = businessDays;
    this.clock = clock;
  }

  /** Keeps what a bank's statement says; the file is stored already. */
  Future<Void> booked(Hash file, BankReport.Account account) {
    return sql.run(
            "INSERT INTO ops.reserve_statement (day, file, part, booked) VALUES ($1, $2, $3, $4)"
                + " ON CONFLICT DO NOTHING",
            Objects.requireNonNull(account.closedOn()),
            Columns.of(file),
            account.id(),
            account.closingWon())
        .mapEmpty();
  }

  /**
   * Records every day that has ended since the last one, or since the chain began. For a thread
   * that may wait.
   */
  void recordDays() {
    var today = businessDays.of(clock.millis());
    var next = lastDay().map(last -> last.plusDays(1)).or(this::firstDay);
    if (next.isEmpty()) return;
    var day = next.get();
    while (day.isBefore(today) && record(day)) {
      day = day.plusDays(1);
    }
  }

  private Optional<LocalDate> firstDay() {
    var first =
        sql.run("SELECT time_millis FROM chain.block ORDER BY height LIMIT 1").await().iterator();
    return first.hasNext()
        ? Optional.of(businessDays.of(first.next().getLong("time_millis")))
        : Optional.empty();
  }

  private Optional<LocalDate> lastDay() {
    var last = sql.run("SELECT max(day) AS day FROM ops.reserve_day").await().iterator().next();
    return Optional.ofNullable(last.getLocalDate("day"));
  }

  /** The coins at the end of the chain. */
  private record Tip(long height, Map<String, Long> coins) {}

  /**
   * The ledger knows what is outstanding now; what has changed since the day ended is taken off
   * again. The sequencer is asked after the clock has passed the day's end, so no block of the day
   * can come any more.
   *
   * @return false when that cannot be said yet
   */
  private boolean record(LocalDate day) {
    long nowMillis = clock.millis();
    var tip = engine.ask(ledger -> tip(ledger, nowMillis)).await();
    var last =
        sql.run(
                "SELECT height, hash, state_hash FROM chain.block"
                    + " WHERE time_millis < $1 AND height <= $2 ORDER BY height DESC LIMIT 1",
                businessDays.endMillis(day),
                tip.height())
            .await();
    if (last.size() == 0 || projected() < tip.height()) return false;
    var block = last.iterator().next();
    var coins = new TreeMap<>(tip.coins());
    changes(block.getLong("height"), tip.height())
        .forEach((asset, change) -> coins.computeIfPresent(asset, (_, now) -> now - change));
    var json = new JsonObject();
    coins.forEach(json::put);
    sql.run(
            "INSERT INTO ops.reserve_day (day, height, block_hash, state_hash, coins)"
                + " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            day,
            block.getLong("height"),
            block.getBuffer("hash"),
            block.getBuffer("state_hash"),
            json)
        .await();
    return true;
  }

  private static Tip tip(Ledger ledger, long timeMillis) {
    var coins = new TreeMap<String, Long>();
    for (var asset : PaidInWon.at(ledger, timeMillis)) {
      coins.put(asset.code().value(), asset.supply());
    }
    return new Tip(ledger.standing().height(), coins);
  }

  private long projected() {
    return sql.run("SELECT height FROM ops.projection WHERE name = 'movements'")
        .await()
        .iterator()
        .next()
        .getLong("height");
  }

  /** What became more or less between two blocks, the first one not included, by asset. */
  private Map<String, Long> changes(long after, long to) {
    var changes = new TreeMap<String, Long>();
    sql.run(
            "SELECT asset, sum(CASE WHEN kind IN ('issue', 'payout-void') THEN amount"
                + " ELSE -amount END)::bigint AS change FROM ops.movement"
                + " WHERE height > $1 AND height <= $2"
                + " AND kind IN ('issue', 'payout-void', 'redeem', 'payout') GROUP BY asset",
            after,
            to)
        .await()
        .forEach(row -> changes.put(row.getString("asset"), row.getLong("change")));
    return changes;
  }

  /** Days, newest first, one more than the limit if there are more. */
  Future<List<JsonObject>> list(Optional<LocalDate> before, int limit) {
    return sql.run(
            SELECT + " WHERE d.day < $1 ORDER BY d.day DESC LIMIT $2",
            before.orElse(LocalDate.of(9999, 12, 31)),
            limit + 1)
        .map(Reserves::views);
  }

  Future<Optional<JsonObject>> of(LocalDate day) {
    return sql.run(SELECT + " WHERE d.day = $1", day).map(rows -> views(rows).stream().findFirst());
  }

  private static List<JsonObject> views(RowSet<Row> rows) {
    var views = new ArrayList<JsonObject>();
    rows.forEach(row -> views.add(view(row)));
    return List.copyOf(views);
  }

  private static JsonObject view(Row row) {
    var coins = row.getJsonObject("coins");
    var listed = new JsonArray();
    long outstanding = 0;
    for (var asset : new TreeMap<>(coins.getMap()).keySet()) {
      long one = coins.getLong(asset);
      outstanding = Math.addExact(outstanding, one);
      listed.add(new JsonObject().put("asset", asset).put("outstanding", one));
    }
    var view =
        new JsonObject()
            .put("day", row.getLocalDate("day").toString())
            .put("outstanding", outstanding)
            .put("coins", listed)
            .put("height", row.getLong("height"))
            .put("hash", Columns.hash(row, "block_hash").toString())
            .put("stateHash", Columns.hash(row, "state_hash").toString());
    if (row.getLong("booked") == null) return view;
    long booked = row.getLong("booked");
    return view.put("booked", booked)
        .put("difference", booked - outstanding)
        .put(
            "statement",
            new JsonObject()
                .put("id", row.getString("part"))
                .put("file", Columns.hash(row, "file").toString())
                .put(
                    "receivedAt",
                    Json.time(row.getOffsetDateTime("received_at").toInstant().toEpochMilli())));
  }
}
