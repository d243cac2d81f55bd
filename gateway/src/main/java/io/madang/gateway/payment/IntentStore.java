package io.madang.gateway.payment;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.account.PartsJson;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.PaymentIntent;
import io.madang.payment.PaymentIntent.Capture;
import io.madang.payment.PaymentIntent.Hold;
import io.madang.payment.PaymentIntent.Payment;
import io.madang.payment.PaymentIntent.State;
import io.madang.payment.PaymentIntent.Taking;
import io.madang.payment.qr.IntentId;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Intents in the database. */
final class IntentStore {
  private static final String SELECT =
      "SELECT number, id, merchant, payee, till, asset, amount, reference, created_millis,"
          + " expires_millis, held_until_millis, state, payer, paid_height, paid_index,"
          + " paid_millis, paid_hash, refunded, hold_height, hold_index, hold_millis, hold_hash,"
          + " hold_ended, parts, CASE WHEN state = 'authorised' THEN (SELECT json_agg(json_build_object("
          + "'height', height, 'index', index_in_block, 'amount', amount, 'millis', time_millis,"
          + " 'hash', encode(hash, 'hex'), 'refunded', refunded) ORDER BY height, index_in_block)"
          + " FROM ops.capture WHERE intent = id) END AS captures FROM ops.intent ";
  private static final String POSITIONS = "(SELECT * FROM unnest($1::bigint[], $2::int[]))";
  private static final String PAID_AT =
      "WHERE id IN (SELECT id FROM ops.intent WHERE (paid_height, paid_index) IN "
          + POSITIONS
          + " UNION SELECT intent FROM ops.capture WHERE (height, index_in_block) IN "
          + POSITIONS
          + ")";

  private final Sql sql;
  private final MerchantRegistry merchants;

  IntentStore(Sql sql, MerchantRegistry merchants) {
    this.sql = sql;
    this.merchants = merchants;
  }

  Future<MerchantIntent> insert(SqlConnection connection, MerchantIntent made) {
    var intent = made.intent();
    return Sql.run(
            connection,
            "INSERT INTO ops.intent (id, merchant, payee, till, asset, amount, reference,"
                + " created_millis, expires_millis, held_until_millis, state)"
                + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open') RETURNING number",
            intent.id().value(),
            made.merchant().id().value(),
            Columns.of(intent.payee()),
            made.till().orElse(null),
            intent.price().asset().value(),
            intent.price().minorUnits(),
            made.reference().orElse(null),
            intent.createdMillis(),
            intent.expiresMillis(),
            intent.taking() instanceof Taking.FromHold(var end) ? end : null)
        .map(
            rows ->
                new MerchantIntent(
                    rows.iterator().next().getLong("number"),
                    made.merchant(),
                    made.till(),
                    made.reference(),
                    intent));
  }

  /** Writes how far an intent has come. */
  Future<?> update(SqlConnection connection, MerchantIntent changed) {
    var id = changed.intent().id().value();
    return switch (changed.intent().state()) {
      case State.Open _ -> Future.succeededFuture(); // as it was made
      case State.Cancelled _ ->
          Sql.run(connection, "UPDATE ops.intent SET state = 'cancelled' WHERE id = $1", id);
      case State.Paid(var payment, var refunded) ->
          Sql.run(
              connection,
              "UPDATE ops.intent SET state = 'paid', payer = $2, paid_height = $3,"
                  + " paid_index = $4, paid_millis = $5, paid_hash = $6, refunded = $7,"
                  + " parts = $8"
                  + " WHERE id = $1",
              id,
              Columns.of(payment.payer()),
              payment.position().height(),
              payment.position().index(),
              payment.timeMillis(),
              Columns.of(payment.transaction()),
              refunded,
              payment.parts().map(PartsJson::of).orElse(null));
      case State.Authorised authorised -> update(connection, id, authorised);
    };
  }

  private static Future<?> update(
      SqlConnection connection, String id, State.Authorised authorised) {
    var hold = authorised.hold();
    Future<?> written =
        Sql.run(
            connection,
            "UPDATE ops.intent SET state = 'authorised', payer = $2, hold_height = $3,"
                + " hold_index = $4, hold_millis = $5, hold_hash = $6, hold_ended = $7"
                + " WHERE id = $1",
            id,
            Columns.of(hold.payer()),
            hold.position().height(),
            hold.position().index(),
            hold.timeMillis(),
            Columns.of(hold.transaction()),
            authorised.ended());
    for (var capture : authorised.captures()) {
      written = written.compose(_ -> write(connection, id, capture));
    }
    return written;
  }

  private static Future<?> write(SqlConnection connection, String id, Capture capture) {
    var payment = capture.payment();
    return Sql.run(
        connection,
        "INSERT INTO ops.capture (height, index_in_block, intent, amount, time_millis, hash,"
            + " refunded) VALUES ($1, $2, $3, $4, $5, $6, $7)"
            + " ON CONFLICT (height, index_in_block) DO UPDATE SET refunded = excluded.refunded",
        payment.position().height(),
        payment.position().index(),
        id,
        payment.amount().minorUnits(),
        payment.timeMillis(),
        Columns.of(payment.transaction()),
        capture.refunded());
  }

  Future<Optional<MerchantIntent>> byId(String id) {
    return sql.run(SELECT + "WHERE id = $1", id).map(this::first);
  }

  /** The intent, which nobody else changes until the transaction ends. */
  Future<Optional<MerchantIntent>> lock(SqlConnection connection, String id) {
    return Sql.run(connection, SELECT + "WHERE id = $1 FOR UPDATE", id).map(this::first);
  }

  /** The intents of these identifiers, in the identifiers' order, locked. */
  Future<List<MerchantIntent>> lockAll(SqlConnection connection, List<String> ids) {
    return Sql.run(
            connection,
            SELECT + "WHERE id = ANY($1) ORDER BY id FOR UPDATE",
            (Object) ids.toArray(String[]::new))
        .map(this::all);
  }

  /** The intents that were paid at these positions, at once or by a capture, locked. */
  Future<List<MerchantIntent>> lockPaid(SqlConnection connection, List<Position> positions) {
    return Sql.run(
            connection,
            SELECT + PAID_AT + " ORDER BY id FOR UPDATE",
            heights(positions),
            indexes(positions))
        .map(this::all);
  }

  /** The intents whose holds stand at these positions, locked. */
  Future<List<MerchantIntent>> lockHeld(SqlConnection connection, List<Position> positions) {
    return Sql.run(
            connection,
            SELECT + "WHERE (hold_height, hold_index) IN " + POSITIONS + " ORDER BY id FOR UPDATE",
            heights(positions),
            indexes(positions))
        .map(this::all);
  }

  /** The intents that a payment of these positions paid. */
  Future<List<MerchantIntent>> paidAt(List<Position> positions) {
    return sql.run(SELECT + PAID_AT, heights(positions), indexes(positions)).map(this::all);
  }

  private static Object heights(List<Position> positions) {
    return positions.stream().map(Position::height).toArray(Long[]::new);
  }

  private static Object indexes(List<Position> positions) {
    return positions.stream().map(Position::index).toArray(Integer[]::new);
  }

  /** What a list of intents asks for. */
  record Filter(
      MerchantId merchant,
      Optional<String> status,
      Optional<String> till,
      long beforeNumber,
      int limit,
      long nowMillis) {}

  Future<List<MerchantIntent>> list(Filter filter) {
    return sql.run(
            SELECT
                + ", LATERAL (SELECT CASE WHEN state = 'authorised' THEN coalesce((SELECT"
                + " sum(c.amount) FROM ops.capture c WHERE c.intent = id), 0) ELSE amount END"
                + " AS taken, CASE WHEN state = 'authorised' THEN coalesce((SELECT"
                + " sum(c.refunded) FROM ops.capture c WHERE c.intent = id), 0) ELSE refunded END"
                + " AS given_back) sums "
                + "WHERE merchant = $1 AND number < $2 AND ($3::text IS NULL OR till = $3)"
                + " AND ($4::text IS NULL OR $4 = CASE"
                + " WHEN state = 'open' AND expires_millis > $5 THEN 'created'"
                + " WHEN state = 'open' THEN 'expired'"
                + " WHEN state = 'cancelled' THEN 'cancelled'"
                + " WHEN state = 'authorised' AND NOT hold_ended AND held_until_millis > $5"
                + " THEN CASE WHEN taken = 0 THEN 'authorised' ELSE 'partly-captured' END"
                + " WHEN state = 'authorised' AND taken = 0"
                + " THEN CASE WHEN hold_ended THEN 'voided' ELSE 'expired' END"
                + " WHEN given_back = 0 THEN 'paid'"
                + " WHEN given_back < taken THEN 'partly-refunded' ELSE 'refunded' END)"
                + " ORDER BY number DESC LIMIT $6",
            filter.merchant().value(),
            filter.beforeNumber(),
            filter.till().orElse(null),
            filter.status().orElse(null),
            filter.nowMillis(),
            filter.limit() + 1)
        .map(this::all);
  }

  /** All that expire after this time. */
  Future<List<MerchantIntent>> expiringAfter(long millis) {
    return sql.run(SELECT + "WHERE expires_millis > $1", millis).map(this::all);
  }

  private Optional<MerchantIntent> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(read(rows.iterator().next()));
  }

  private List<MerchantIntent> all(RowSet<Row> rows) {
    var intents = new ArrayList<MerchantIntent>();
    rows.forEach(row -> intents.add(read(row)));
    return List.copyOf(intents);
  }

  private MerchantIntent read(Row row) {
    var price = new Amount(row.getLong("amount"), new AssetCode(row.getString("asset")));
    var payee = Columns.account(row, "payee");
    @Nullable Long heldUntil = row.getLong("held_until_millis");
    return new MerchantIntent(
        row.getLong("number"),
        merchants.byId(new MerchantId(row.getString("merchant"))).orElseThrow(),
        Optional.ofNullable(row.getString("till")),
        Optional.ofNullable(row.getString("reference")),
        new PaymentIntent(
            new IntentId(row.getString("id")),
            payee,
            price,
            row.getLong("created_millis"),
            row.getLong("expires_millis"),
            heldUntil == null ? new Taking.AtOnce() : new Taking.FromHold(heldUntil),
            state(row, payee, price)));
  }

  private static State state(Row row, AccountId payee, Amount price) {
    return switch (row.getString("state")) {
      case "open" -> new State.Open();
      case "cancelled" -> new State.Cancelled();
      case "paid" ->
          new State.Paid(
              new Payment(
                  new Position(row.getLong("paid_height"), row.getInteger("paid_index")),
                  Columns.account(row, "payer"),
                  payee,
                  price,
                  row.getLong("paid_millis"),
                  Columns.hash(row, "paid_hash"),
                  PartsJson.read(row.getJsonObject("parts"))),
              row.getLong("refunded"));
      case "authorised" -> authorised(row, payee, price);
      default -> throw new IllegalStateException("no state: " + row.getString("state"));
    };
  }

  private static State authorised(Row row, AccountId payee, Amount price) {
    var payer = Columns.account(row, "payer");
    var captures = new ArrayList<Capture>();
    @Nullable JsonArray written = row.getJsonArray("captures");
    for (var one : written == null ? new JsonArray() : written) {
      var capture = (JsonObject) one;
      captures.add(
          new Capture(
              new Payment(
                  new Position(capture.getLong("height"), capture.getInteger("index")),
                  payer,
                  payee,
                  new Amount(capture.getLong("amount"), price.asset()),
                  capture.getLong("millis"),
                  Hash.of(HexFormat.of().parseHex(capture.getString("hash"))),
                  Optional.empty()),
              capture.getLong("refunded")));
    }
    return new State.Authorised(
        new Hold(
            new Position(row.getLong("hold_height"), row.getInteger("hold_index")),
            payer,
            payee,
            price,
            row.getLong("held_until_millis"),
            row.getLong("hold_millis"),
            Columns.hash(row, "hold_hash")),
        captures,
        row.getBoolean("hold_ended"));
  }
}
