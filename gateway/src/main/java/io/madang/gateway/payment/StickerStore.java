package io.madang.gateway.payment;

import io.madang.gateway.account.Merchant;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.database.Sql;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stickers in the database. */
final class StickerStore {
  private static final String COLUMNS = "number, id, merchant, till, created_at, closed_at";

  private final Sql sql;
  private final MerchantRegistry merchants;

  StickerStore(Sql sql, MerchantRegistry merchants) {
    this.sql = sql;
    this.merchants = merchants;
  }

  Future<Sticker> insert(SqlConnection connection, String id, Merchant merchant, String till) {
    return Sql.run(
            connection,
            "INSERT INTO ops.sticker (id, merchant, till) VALUES ($1, $2, $3) RETURNING " + COLUMNS,
            id,
            merchant.id().value(),
            till)
        .map(rows -> read(rows.iterator().next()));
  }

  Future<Optional<Sticker>> byId(String id) {
    return sql.run("SELECT " + COLUMNS + " FROM ops.sticker WHERE id = $1", id)
        .map(rows -> all(rows).stream().findFirst());
  }

  Future<List<Sticker>> list(MerchantId merchant, long beforeNumber, int limit) {
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.sticker WHERE merchant = $1 AND number < $2"
                + " ORDER BY number DESC LIMIT $3",
            merchant.value(),
            beforeNumber,
            limit + 1)
        .map(this::all);
  }

  Future<List<Sticker>> open() {
    return sql.run("SELECT " + COLUMNS + " FROM ops.sticker WHERE closed_at IS NULL")
        .map(this::all);
  }

  Future<?> close(String id) {
    return sql.run(
        "UPDATE ops.sticker SET closed_at = coalesce(closed_at, now()) WHERE id = $1", id);
  }

  private List<Sticker> all(RowSet<Row> rows) {
    var stickers = new ArrayList<Sticker>();
    rows.forEach(row -> stickers.add(read(row)));
    return List.copyOf(stickers);
  }

  private Sticker read(Row row) {
    return new Sticker(
        row.getLong("number"),
        row.getString("id"),
        merchants.byId(new MerchantId(row.getString("merchant"))).orElseThrow(),
        row.getString("till"),
        row.getOffsetDateTime("created_at").toInstant().toEpochMilli(),
        row.getOffsetDateTime("closed_at") != null);
  }
}
