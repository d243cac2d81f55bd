package io.madang.gateway.account;

import io.madang.chain.ChainApplication.Position;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Json;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The table of movements, one row for each, found from both sides. */
public final class Movements {
  // An array of jsonb would reach the database as an array of strings: text is cast there.
  private static final String INSERT =
      "INSERT INTO ops.movement (height, index_in_block, time_millis, kind, payer, payee, asset,"
          + " amount, reference, hash, parts, given) SELECT height, index_in_block, time_millis,"
          + " kind, payer, payee, asset, amount, reference, hash, parts::jsonb, given FROM"
          + " unnest($1::bigint[], $2::int[], $3::bigint[], $4::text[], $5::bytea[], $6::bytea[],"
          + " $7::text[], $8::bigint[], $9::text[], $10::bytea[], $11::text[], $12::text[])"
          + " AS moved (height, index_in_block, time_millis, kind, payer, payee, asset, amount,"
          + " reference, hash, parts, given)";
  private static final String COLUMNS =
      "height, index_in_block, time_millis, kind, payer, payee, asset, amount, reference, hash,"
          + " parts, given";

  private final Sql sql;

  /** Movements in this database. */
  public Movements(Sql sql) {
    this.sql = sql;
  }

  /** Stores movements, thousands in one statement. */
  Future<?> add(SqlConnection connection, List<Movement> movements) {
    if (movements.isEmpty()) return Future.succeededFuture();
    var row = Tuple.tuple();
    row.addArrayOfLong(column(movements, movement -> movement.position().height(), Long[]::new));
    row.addArrayOfInteger(
        column(movements, movement -> movement.position().index(), Integer[]::new));
    row.addArrayOfLong(column(movements, Movement::timeMillis, Long[]::new));
    row.addArrayOfString(column(movements, movement -> movement.kind().toString(), String[]::new));
    row.addArrayOfBuffer(column(movements, movement -> bytes(movement.payer()), Buffer[]::new));
    row.addArrayOfBuffer(column(movements, movement -> bytes(movement.payee()), Buffer[]::new));
    row.addArrayOfString(
        column(movements, movement -> movement.amount().asset().value(), String[]::new));
    row.addArrayOfLong(column(movements, movement -> movement.amount().minorUnits(), Long[]::new));
    row.addArrayOfString(
        column(movements, movement -> movement.reference().orElse(null), String[]::new));
    row.addArrayOfBuffer(column(movements, movement -> Columns.of(movement.hash()), Buffer[]::new));
    row.addArrayOfString(
        column(
            movements,
            movement -> movement.parts().map(parts -> PartsJson.of(parts).encode()).orElse(null),
            String[]::new));
    row.addArrayOfString(
        column(
            movements,
            movement -> movement.given().map(given -> given.view().encode()).orElse(null),
            String[]::new));
    return connection.preparedQuery(INSERT).execute(row);
  }

  private static <T> @Nullable T[] column(
      List<Movement> movements,
      Function<Movement, @Nullable T> value,
      IntFunction<@Nullable T[]> array) {
    @Nullable T[] column = array.apply(movements.size());
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(movements.get(i));
    }
    return column;
  }

  private static @Nullable Buffer bytes(Optional<AccountId> account) {
    return account.map(Columns::of).orElse(null);
  }

  /** Where a list goes on: before this time, or at it and before this index. */
  record Cursor(long timeMillis, int index) {
    static final Cursor NEWEST = new Cursor(Long.MAX_VALUE, 0);

    static Cursor parse(Optional<String> text) {
      if (text.isEmpty()) return NEWEST;
      var parts = text.get().split("\\.", 3);
      if (parts.length != 2) throw Json.malformedCursor();
      return new Cursor(
          Json.cursorNumber(Optional.of(parts[0]), 0),
          (int) Json.cursorNumber(Optional.of(parts[1]), 0));
    }

    static String of(Movement movement) {
      return movement.timeMillis() + "." + movement.position().index();
    }
  }

  /** What an account paid and received, newest first, one more than the limit if there are more. */
  Future<List<Movement>> of(AccountId account, Optional<String> cursor, int limit) {
    var from = Cursor.parse(cursor);
    return sql.run(
            "SELECT * FROM ("
                + side("payer")
                + " UNION "
                + side("payee")
                + ") AS both_sides ORDER BY time_millis DESC, index_in_block DESC LIMIT $4",
            Columns.of(account),
            from.timeMillis(),
            from.index(),
            limit + 1)
        .map(
            rows -> {
              var movements = new ArrayList<Movement>();
              rows.forEach(row -> movements.add(read(row)));
              return List.copyOf(movements);
            });
  }

  /**
   * What to look for among payments.
   *
   * @param text the amount, or a part of the merchant's or the payer's reference, or the till
   * @param fromMillis not before this time
   * @param untilMillis before this time
   * @param till taken there
   * @param location taken at a till that stands at this location of the merchant's now
   */
  public record Search(
      Optional<String> text,
      long fromMillis,
      long untilMillis,
      Optional<String> till,
      Optional<String> location) {}

  /** Payments that an account received, newest first, one more than the limit if there are more. */
  public Future<List<Movement>> received(
      AccountId account, Search search, Optional<String> cursor, int limit) {
    var from = Cursor.parse(cursor);
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.movement WHERE payee = $1 AND (time_millis, index_in_block) < ($2, $3)"
                + " AND kind IN ('payment', 'composite') AND time_millis >= $5 AND time_millis < $6"
                + " AND ($7::text IS NULL OR amount::text = $7"
                + " OR strpos(lower(reference), lower($7)) > 0"
                + " OR EXISTS (SELECT FROM ops.intent WHERE paid_height = height"
                + " AND paid_index = index_in_block"
                + " AND (strpos(lower(intent.reference), lower($7)) > 0 OR till = $7)))"
                + " AND ($8::text IS NULL AND $9::text IS NULL OR EXISTS (SELECT FROM ("
                + "SELECT till FROM ops.intent WHERE paid_height = height"
                + " AND paid_index = index_in_block UNION ALL"
                + " SELECT till FROM ops.sticker WHERE id = substr(movement.reference, 3)"
                + " AND movement.reference LIKE 'S-%') AS taken"
                + " WHERE ($8 IS NULL OR taken.till = $8) AND ($9 IS NULL OR taken.till IN ("
                + "SELECT code FROM ops.till JOIN ops.merchant ON merchant.id = till.merchant"
                + " WHERE merchant.account = $1 AND location = $9))))"
                + " ORDER BY time_millis DESC, index_in_block DESC LIMIT $4",
            Columns.of(account),
            from.timeMillis(),
            from.index(),
            limit + 1,
            search.fromMillis(),
            search.untilMillis(),
            search.text().orElse(null),
            search.till().orElse(null),
            search.location().orElse(null))
        .map(
            rows -> {
              var movements = new ArrayList<Movement>();
              rows.forEach(row -> movements.add(read(row)));
              return List.copyOf(movements);
            });
  }

  /** What names a movement to the next page of a list. */
  public static String cursorOf(Movement movement) {
    return Cursor.of(movement);
  }

  /** What an account received and gave back: how often, and how much in minor units. */
  public record Sum(long count, long amount, long refunded) {}

  /** The sums of an account since a time, over all assets. */
  public Future<Sum> since(AccountId account, long timeMillis) {
    return sql.run(
            "SELECT count(*) FILTER (WHERE payee = $1 AND kind IN ('payment', 'composite'))"
                + " AS count,"
                + " coalesce(sum(amount) FILTER (WHERE payee = $1 AND kind IN ('payment',"
                + " 'composite')), 0)::bigint"
                + " AS amount, coalesce(sum(amount) FILTER (WHERE payer = $1 AND kind = 'refund'),"
                + " 0)::bigint AS refunded FROM ops.movement"
                + " WHERE (payee = $1 OR payer = $1) AND time_millis >= $2",
            Columns.of(account),
            timeMillis)
        .map(
            rows -> {
              var row = rows.iterator().next();
              return new Sum(row.getLong("count"), row.getLong("amount"), row.getLong("refunded"));
            });
  }

  private static String side(String side) {
    return "(SELECT "
        + COLUMNS
        + " FROM ops.movement WHERE "
        + side
        + " = $1 AND (time_millis, index_in_block) < ($2, $3)"
        + " ORDER BY time_millis DESC, index_in_block DESC LIMIT $4)";
  }

  private static Movement read(Row row) {
    return new Movement(
        new Position(row.getLong("height"), row.getInteger("index_in_block")),
        row.getLong("time_millis"),
        Columns.hash(row, "hash"),
        Movement.Kind.parse(row.getString("kind")),
        Columns.optionalAccount(row, "payer"),
        Columns.optionalAccount(row, "payee"),
        new Amount(row.getLong("amount"), new AssetCode(row.getString("asset"))),
        Optional.ofNullable(row.getString("reference")),
        Optional.empty(),
        0,
        Optional.empty(),
        PartsJson.read(row.getJsonObject("parts")),
        Optional.ofNullable(row.getString("given")).map(JsonObject::new).map(Given::read));
  }
}
