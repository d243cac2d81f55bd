package io.madang.gateway.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.settlement.SettledDay.Recorded;
import io.madang.gateway.settlement.SettledDay.State;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.ledger.LedgerRefusal;
import io.madang.ledger.PayoutId;
import io.madang.payment.settlement.MerchantDay;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Merchants' settled days in the database. */
final class DayStore {
  private static final List<ToLongFunction<MerchantDay>> FIGURES =
      List.of(
          MerchantDay::count,
          MerchantDay::captureCount,
          MerchantDay::captures,
          MerchantDay::refundCount,
          MerchantDay::refunds,
          MerchantDay::others,
          MerchantDay::fees,
          MerchantDay::adjustments,
          MerchantDay::carriedBefore,
          MerchantDay::owedBefore,
          MerchantDay::charges,
          MerchantDay::payout,
          MerchantDay::carried,
          MerchantDay::owed);

  private static final String FIGURE_COLUMNS =
      "postings, capture_count, captures, refund_count, refunds, others, fees, adjustments,"
          + " carried_before, owed_before, charges, payout, carried, owed";

  private static final String SELECT =
      "SELECT account, asset, day, attempt, run, root, "
          + FIGURE_COLUMNS
          + ", payout_id, bank_account, state, approvals, statement, height, index_in_block, hash,"
          + " refusal FROM ops.settlement_day";

  /** A day that the chain refused is computed again under the same attempt; no other is. */
  private static final String INSERT =
      "INSERT INTO ops.settlement_day (asset, day, run, state, account, attempt, root, payout_id,"
          + " bank_account, "
          + FIGURE_COLUMNS
          + ") SELECT $1, $2, $3, 'computed', * FROM unnest($4::bytea[], $5::int[], $6::bytea[],"
          + " $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],"
          + " $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[],"
          + " $18::bigint[], $19::bigint[], $20::bigint[], $21::bigint[], $22::bigint[])"
          + " ON CONFLICT (account, asset, day, attempt) DO UPDATE SET run = excluded.run,"
          + " charges = excluded.charges, payout = excluded.payout, carried = excluded.carried,"
          + " owed = excluded.owed, bank_account = excluded.bank_account, state = 'computed',"
          + " approvals = '{}', statement = NULL, refusal = NULL"
          + " WHERE settlement_day.state = 'refused'";

  private final Sql sql;

  DayStore(Sql sql) {
    this.sql = sql;
  }

  /** Stores what a run computed. */
  static Future<?> add(SqlConnection connection, RunId run, List<SettledDay> days) {
    if (days.isEmpty()) return Future.succeededFuture();
    var row = Tuple.tuple();
    row.addString(run.asset().value()).addLocalDate(run.day()).addString(run.toString());
    row.addArrayOfBuffer(
        days.stream().map(day -> Columns.of(day.account())).toArray(Buffer[]::new));
    row.addArrayOfInteger(days.stream().map(SettledDay::attempt).toArray(Integer[]::new));
    row.addArrayOfBuffer(
        days.stream().map(day -> Columns.of(day.figures().root())).toArray(Buffer[]::new));
    row.addArrayOfString(
        days.stream().map(day -> day.payoutId().toString()).toArray(String[]::new));
    row.addArrayOfLong(
        days.stream().map(day -> day.bankAccount().orElse(null)).toArray(Long[]::new));
    for (var figure : FIGURES) {
      row.addArrayOfLong(
          days.stream().map(day -> figure.applyAsLong(day.figures())).toArray(Long[]::new));
    }
    return connection.preparedQuery(INSERT).execute(row);
  }

  /** A run's days whose statement can be submitted, in the order of their accounts. */
  Future<List<SettledDay>> signed(RunId run, Optional<AccountId> after, int limit) {
    return sql.run(
            SELECT
                + " WHERE run = $1 AND state = 'computed' AND statement IS NOT NULL"
                + " AND account > $2 ORDER BY account LIMIT $3",
            run.toString(),
            after.map(Columns::of).orElse(Buffer.buffer()),
            limit)
        .map(DayStore::all);
  }

  /** Days of all runs that want approvals, in the order of their payout ids. */
  Future<List<SettledDay>> unsigned(String afterPayoutId, int limit) {
    return sql.run(
            SELECT
                + " WHERE state = 'computed' AND statement IS NULL AND payout_id > $1"
                + " ORDER BY payout_id LIMIT $2",
            afterPayoutId,
            limit)
        .map(DayStore::all);
  }

  /** A run's days that want approvals, in the order of their payout ids. */
  Future<List<SettledDay>> unsigned(RunId run, String afterPayoutId, int limit) {
    return sql.run(
            SELECT
                + " WHERE state = 'computed' AND statement IS NULL AND payout_id > $1"
                + " AND run = $2 ORDER BY payout_id LIMIT $3",
            afterPayoutId,
            run.toString(),
            limit)
        .map(DayStore::all);
  }

  Future<Long> countUnsigned(RunId run) {
    return count(run, "state = 'computed' AND statement IS NULL");
  }

  Future<Long> countComputed(RunId run) {
    return count(run, "state = 'computed'");
  }

  Future<Long> countRefused(RunId run) {
    return count(run, "state = 'refused'");
  }

  /**
   * How many of the refused ones have spent what was to be paid: computed anew, they fit. Those to
   * whom the operator owes something may have met an empty purse of the operator's.
   */
  Future<Long> countOverspent(RunId run) {
    return sql.run(
            "SELECT count(*) AS n FROM ops.settlement_day WHERE run = $1 AND state = 'refused'"
                + " AND refusal = $2 AND charges >= 0",
            run.toString(),
            LedgerRefusal.INSUFFICIENT_FUNDS.kebabName())
        .map(rows -> rows.iterator().next().getLong("n"));
  }

  Future<Long> countRecorded(RunId run) {
    return count(run, "height IS NOT NULL");
  }

  private Future<Long> count(RunId run, String condition) {
    return sql.run(
            "SELECT count(*) AS n FROM ops.settlement_day WHERE run = $1 AND " + condition,
            run.toString())
        .map(rows -> rows.iterator().next().getLong("n"));
  }

  Future<List<SettledDay>> byPayoutIds(List<String> ids) {
    return sql.run(SELECT + " WHERE payout_id = ANY($1)", (Object) ids.toArray(String[]::new))
        .map(DayStore::all);
  }

  /** Every attempt at a merchant's day. */
  Future<List<SettledDay>> attempts(AccountId account, AssetCode asset, LocalDate day) {
    return attempts(account, asset, day, day);
  }

  /** Every attempt at a merchant's days, from a day until a day, in the order of the chain. */
  Future<List<SettledDay>> attempts(
      AccountId account, AssetCode asset, LocalDate from, LocalDate until) {
    return sql.run(
            SELECT
                + " WHERE account = $1 AND asset = $2 AND day BETWEEN $3 AND $4"
                + " ORDER BY day, attempt",
            Columns.of(account),
            asset.value(),
            from,
            until)
        .map(DayStore::all);
  }

  /** The last attempts at a merchant's days, newest first, one more than the limit if there are. */
  Future<List<SettledDay>> of(AccountId account, LocalDate before, String asset, int limit) {
    return sql.run(
            SELECT
                + " AS d WHERE account = $1 AND (day, asset) < ($2, $3)"
                + " AND attempt = (SELECT max(attempt)"
                + " FROM ops.settlement_day AS o WHERE o.account = d.account AND o.asset = d.asset"
                + " AND o.day = d.day) ORDER BY day DESC, asset DESC LIMIT $4",
            Columns.of(account),
            before,
            asset,
            limit + 1)
        .map(DayStore::all);
  }

  /**
   * The last attempts of a day that came to nothing and that no later day has taken over: the chain
   * refused them, or their payout was voided there.
   */
  Future<List<SettledDay>> retriable(AssetCode asset, LocalDate day) {
    return sql.run(
            SELECT
                + " AS d WHERE asset = $1 AND day = $2 AND state IN ('refused', 'voided')"
                + " AND NOT EXISTS (SELECT FROM ops.settlement_day AS o"
                + " WHERE o.account = d.account AND o.asset = d.asset"
                + " AND (o.day, o.attempt) > (d.day, d.attempt)) ORDER BY account",
            asset.value(),
            day)
        .map(DayStore::all);
  }

  /** Charges that were not taken before a day, by account; those who owe nothing are left out. */
  Future<List<Owed>> owed(AssetCode asset, LocalDate day) {
    return sql.run(
            "SELECT m.account, d.owed FROM ops.merchant AS m CROSS JOIN LATERAL (SELECT owed"
                + " FROM ops.settlement_day AS s WHERE s.account = m.account AND s.asset = $1"
                + " AND s.day < $2 ORDER BY s.day DESC, s.attempt DESC LIMIT 1) AS d"
                + " WHERE d.owed <> 0",
            asset.value(),
            day)
        .map(
            rows -> {
              var owed = new ArrayList<Owed>();
              rows.forEach(
                  row -> owed.add(new Owed(Columns.account(row, "account"), row.getLong("owed"))));
              return List.copyOf(owed);
            });
  }

  /** What a merchant owes of charges. */
  record Owed(AccountId account, long amount) {}

  /** Stores the statements of days that have none yet; those that stand there already stay. */
  static Future<?> sign(SqlConnection connection, List<String> payoutIds, List<String> statements) {
    return Sql.run(
        connection,
        "UPDATE ops.settlement_day AS d SET statement = s.statement"
            + " FROM unnest($1::text[], $2::text[]) AS s (payout_id, statement)"
            + " WHERE d.payout_id = s.payout_id AND d.state = 'computed' AND d.statement IS NULL",
        payoutIds.toArray(String[]::new),
        statements.toArray(String[]::new));
  }

  static Future<?> approve(
      SqlConnection connection, List<String> payoutIds, List<String> approvals) {
    return Sql.run(
        connection,
        "UPDATE ops.settlement_day AS d SET approvals = d.approvals || s.approval"
            + " FROM unnest($1::text[], $2::text[]) AS s (payout_id, approval)"
            + " WHERE d.payout_id = s.payout_id AND d.state = 'computed' AND d.statement IS NULL",
        payoutIds.toArray(String[]::new),
        approvals.toArray(String[]::new));
  }

  /** The signed words have expired without effect: new ones are needed. */
  static Future<?> unsign(SqlConnection connection, SettledDay day) {
    return Sql.run(
        connection,
        "UPDATE ops.settlement_day SET statement = NULL, approvals = '{}'"
            + " WHERE payout_id = $1 AND state = 'computed'",
        day.payoutId().toString());
  }

  static Future<?> refused(SqlConnection connection, SettledDay day, String refusal) {
    return Sql.run(
        connection,
        "UPDATE ops.settlement_day SET state = 'refused', refusal = $2"
            + " WHERE payout_id = $1 AND state = 'computed'",
        day.payoutId().toString(),
        refusal);
  }

  /** What was recorded, and the payouts that follow from it. */
  record RecordedDay(SettledDay day, Recorded recorded) {}

  static Future<?> recorded(SqlConnection connection, List<RecordedDay> days) {
    if (days.isEmpty()) return Future.succeededFuture();
    var ids = column(days, one -> one.day().payoutId().toString()).toArray(String[]::new);
    return Sql.run(
            connection,
            "UPDATE ops.settlement_day AS d SET state = 'recorded', height = r.height,"
                + " index_in_block = r.index_in_block, hash = r.hash FROM unnest($1::text[],"
                + " $2::bigint[], $3::int[], $4::bytea[]) AS r (payout_id, height, index_in_block,"
                + " hash) WHERE d.payout_id = r.payout_id AND d.state = 'computed'",
            ids,
            column(days, one -> one.recorded().position().height()).toArray(Long[]::new),
            column(days, one -> one.recorded().position().index()).toArray(Integer[]::new),
            column(days, one -> Columns.of(one.recorded().hash())).toArray(Buffer[]::new))
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "INSERT INTO ops.payout (id, run, account, won, state) SELECT payout_id, run,"
                        + " account, payout, 'CREATED' FROM ops.settlement_day"
                        + " WHERE payout_id = ANY($1) AND payout > 0 ON CONFLICT DO NOTHING",
                    (Object) ids));
  }

  private static <T> List<T> column(List<RecordedDay> days, Function<RecordedDay, T> value) {
    return days.stream().map(value).toList();
  }

  static Future<?> voided(SqlConnection connection, PayoutId id) {
    return Sql.run(
        connection,
        "UPDATE ops.settlement_day SET state = 'voided' WHERE payout_id = $1 AND state ="
            + " 'recorded'",
        id.toString());
  }

  private static List<SettledDay> all(RowSet<Row> rows) {
    var days = new ArrayList<SettledDay>(rows.size());
    rows.forEach(row -> days.add(read(row)));
    return List.copyOf(days);
  }

  private static SettledDay read(Row row) {
    return new SettledDay(
        RunId.parse(row.getString("run")).orElseThrow(),
        figures(row),
        row.getInteger("attempt"),
        PayoutId.parse(row.getString("payout_id")),
        Optional.ofNullable(row.getLong("bank_account")),
        State.parse(row.getString("state")),
        List.of(row.getArrayOfStrings("approvals")),
        Optional.ofNullable(row.getString("statement")),
        recorded(row),
        Optional.ofNullable(row.getString("refusal")));
  }

  private static Optional<Recorded> recorded(Row row) {
    @Nullable Long height = row.getLong("height");
    return height == null
        ? Optional.empty()
        : Optional.of(
            new Recorded(
                new Position(height, row.getInteger("index_in_block")), Columns.hash(row, "hash")));
  }

  private static MerchantDay figures(Row row) {
    return new MerchantDay(
        Columns.account(row, "account"),
        new AssetCode(row.getString("asset")),
        row.getLocalDate("day"),
        row.getLong("postings"),
        Columns.hash(row, "root"),
        row.getLong("capture_count"),
        row.getLong("captures"),
        row.getLong("refund_count"),
        row.getLong("refunds"),
        row.getLong("others"),
        row.getLong("fees"),
        row.getLong("adjustments"),
        row.getLong("carried_before"),
        row.getLong("owed_before"),
        row.getLong("charges"),
        row.getLong("payout"),
        row.getLong("carried"),
        row.getLong("owed"));
  }
}
