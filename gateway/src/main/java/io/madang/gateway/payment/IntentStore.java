package io.madang.gateway.payment;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.PaymentIntent;
import io.madang.payment.PaymentIntent.Payment;
import io.madang.payment.PaymentIntent.State;
import io.madang.payment.qr.IntentId;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Intents in the database. */
final class IntentStore {
  private static final String SELECT =
      "SELECT number, id, merchant, payee, till, asset, amount, reference, created_millis,"
          + " expires_millis, state, payer, paid_height, paid_index, paid_millis, paid_hash,"
          + " refunded FROM ops.intent ";

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
                + " created_millis, expires_millis, state)"
                + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open') RETURNING number",
            intent.id().value(),
            made.merchant().id().value(),
            Columns.of(intent.payee()),
            made.till().orElse(null),
            intent.price().asset().value(),
            intent.price().minorUnits(),
            made.reference().orElse(null),
            intent.createdMillis(),
            intent.expiresMillis())
        .map(
            rows ->
                new MerchantIntent(
                    rows.iterator().next().getLong("number"),
                    made.merchant(),
                    made.till(),
                    made.reference(),
                    intent,
                    Optional.empty()));
  }

  /** Writes how far an intent has come. */
  Future<?> update(SqlConnection connection, MerchantIntent changed) {
    var intent = changed.intent();
    @Nullable Payment payment = intent.state() instanceof State.Paid(var paid, var _) ? paid : null;
    var state =
        switch (intent.state()) {
          case State.Open _ -> "open";
          case State.Cancelled _ -> "cancelled";
          case State.Paid _ -> "paid";
        };
    return Sql.run(
        connection,
        "UPDATE ops.intent SET state = $2, payer = $3, paid_height = $4, paid_index = $5,"
            + " paid_millis = $6, paid_hash = $7, refunded = $8 WHERE id = $1",
        intent.id().value(),
        state,
        payment == null ? null : Columns.of(payment.payer()),
        payment == null ? null : payment.position().height(),
        payment == null ? null : payment.position().index(),
        payment == null ? null : payment.timeMillis(),
        changed.paidBy().map(Columns::of).orElse(null),
        intent.state() instanceof State.Paid(var _, var refunded) ? refunded : 0L);
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

  /** The intents that were paid at these positions, locked. */
  Future<List<MerchantIntent>> lockPaid(SqlConnection connection, List<Position> positions) {
    return Sql.run(
            connection,
            SELECT
                + "WHERE (paid_height, paid_index) IN"
                + " (SELECT * FROM unnest($1::bigint[], $2::int[])) ORDER BY id FOR UPDATE",
            (Object) positions.stream().map(Position::height).toArray(Long[]::new),
            (Object) positions.stream().map(Position::index).toArray(Integer[]::new))
        .map(this::all);
  }

  /** The intents that a payment of these positions paid. */
  Future<List<MerchantIntent>> paidAt(List<Position> positions) {
    return sql.run(
            SELECT
                + "WHERE (paid_height, paid_index) IN"
                + " (SELECT * FROM unnest($1::bigint[], $2::int[]))",
            (Object) positions.stream().map(Position::height).toArray(Long[]::new),
            (Object) positions.stream().map(Position::index).toArray(Integer[]::new))
        .map(this::all);
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
                + "WHERE merchant = $1 AND number < $2 AND ($3::text IS NULL OR till = $3)"
                + " AND ($4::text IS NULL OR $4 = CASE"
                + " WHEN state = 'open' AND expires_millis > $5 THEN 'created'"
                + " WHEN state = 'open' THEN 'expired'"
                + " WHEN state = 'cancelled' THEN 'cancelled'"
                + " WHEN refunded = 0 THEN 'paid'"
                + " WHEN refunded < amount THEN 'partly-refunded' ELSE 'refunded' END)"
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
    State state =
        switch (row.getString("state")) {
          case "open" -> new State.Open();
          case "cancelled" -> new State.Cancelled();
          case "paid" ->
              new State.Paid(
                  new Payment(
                      new Position(row.getLong("paid_height"), row.getInteger("paid_index")),
                      Columns.account(row, "payer"),
                      payee,
                      price,
                      row.getLong("paid_millis")),
                  row.getLong("refunded"));
          default -> throw new IllegalStateException("no state: " + row.getString("state"));
        };
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
            state),
        state instanceof State.Paid
            ? Optional.of(Columns.hash(row, "paid_hash"))
            : Optional.<Hash>empty());
  }
}
