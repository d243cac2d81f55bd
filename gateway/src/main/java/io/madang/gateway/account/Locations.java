package io.madang.gateway.account;

import io.madang.gateway.account.ApiKeys.Ended;
import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Json;
import io.madang.gateway.secret.MasterSecret;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Locations of merchants in the database, and the tills that stand there. */
final class Locations {
  private static final int ID_LENGTH = 12;

  private final Sql sql;

  Locations(Sql sql) {
    this.sql = sql;
  }

  /** A merchant's locations, and all tills that have a place, a live key or an open sticker. */
  Future<JsonObject> of(MerchantId merchant) {
    var locations =
        sql.run("SELECT * FROM ops.location WHERE merchant = $1 ORDER BY number", merchant.value());
    var tills =
        sql.run(
            "SELECT code, max(location) AS location, sum(keys)::bigint AS keys FROM ("
                + "SELECT code, location, 0 AS keys FROM ops.till WHERE merchant = $1"
                + " UNION ALL SELECT till, NULL, 1 FROM ops.api_key"
                + " WHERE merchant = $1 AND till IS NOT NULL AND revoked_at IS NULL"
                + " UNION ALL SELECT till, NULL, 0 FROM ops.sticker"
                + " WHERE merchant = $1 AND closed_at IS NULL) AS named"
                + " GROUP BY code ORDER BY code",
            merchant.value());
    return Future.all(locations, tills)
        .map(
            _ -> {
              var places = new JsonArray();
              locations.result().forEach(row -> places.add(view(row)));
              var all = new JsonArray();
              tills.result().forEach(row -> all.add(till(row)));
              return new JsonObject().put("items", places).put("tills", all);
            });
  }

  private static JsonObject view(Row row) {
    return new JsonObject()
        .put("id", row.getString("id"))
        .put("name", row.getString("name"))
        .put("address", row.getString("address"))
        .put("region", row.getString("region"));
  }

  private static JsonObject till(Row row) {
    var view = new JsonObject().put("till", row.getString("code")).put("keys", row.getLong("keys"));
    return Json.putIfPresent(view, "location", Optional.ofNullable(row.getString("location")));
  }

  /** How many locations and placed tills a merchant has; nobody adds one until the end. */
  static Future<Long> count(SqlConnection connection, MerchantId merchant) {
    return Sql.run(
            connection, "SELECT 1 FROM ops.merchant WHERE id = $1 FOR UPDATE", merchant.value())
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "SELECT (SELECT count(*) FROM ops.location WHERE merchant = $1)"
                        + " + (SELECT count(*) FROM ops.till WHERE merchant = $1) AS n",
                    merchant.value()))
        .map(rows -> rows.iterator().next().getLong("n"));
  }

  static Future<JsonObject> add(
      SqlConnection connection, MerchantId merchant, String name, String address, String region) {
    var id = "lo_" + HexFormat.of().formatHex(MasterSecret.random(ID_LENGTH));
    return Sql.run(
            connection,
            "INSERT INTO ops.location (id, merchant, name, address, region)"
                + " VALUES ($1, $2, $3, $4, $5) RETURNING *",
            id,
            merchant.value(),
            name,
            address,
            region)
        .map(rows -> view(rows.iterator().next()));
  }

  /** Whether it is one of this merchant's. */
  static Future<Boolean> has(SqlConnection connection, MerchantId merchant, String id) {
    return Sql.run(
            connection,
            "SELECT FROM ops.location WHERE id = $1 AND merchant = $2 FOR UPDATE",
            id,
            merchant.value())
        .map(rows -> rows.size() > 0);
  }

  static Future<Boolean> hasTills(SqlConnection connection, String id) {
    return Sql.run(connection, "SELECT FROM ops.till WHERE location = $1 LIMIT 1", id)
        .map(rows -> rows.size() > 0);
  }

  static Future<?> remove(SqlConnection connection, String id) {
    return Sql.run(connection, "DELETE FROM ops.location WHERE id = $1", id);
  }

  /** Puts a till there, wherever it stood before. */
  static Future<?> place(
      SqlConnection connection, MerchantId merchant, String till, String location) {
    return Sql.run(
        connection,
        "INSERT INTO ops.till (merchant, code, location) VALUES ($1, $2, $3)"
            + " ON CONFLICT (merchant, code) DO UPDATE SET location = excluded.location",
        merchant.value(),
        till,
        location);
  }

  /**
   * What ended with a till.
   *
   * @param stickers their ids
   */
  record Closed(boolean wasThere, List<Ended> keys, List<String> stickers) {}

  /** Ends all keys of a till, closes its stickers, and forgets its place. */
  static Future<Closed> close(SqlConnection connection, MerchantId merchant, String till) {
    var keys = new ArrayList<Ended>();
    var stickers = new ArrayList<String>();
    return Sql.run(
            connection,
            "UPDATE ops.api_key SET revoked_at = now() WHERE merchant = $1 AND till = $2"
                + " AND revoked_at IS NULL RETURNING id, name",
            merchant.value(),
            till)
        .compose(
            rows -> {
              rows.forEach(
                  row -> keys.add(new Ended(row.getString("id"), row.getString("name"), true)));
              return Sql.run(
                  connection,
                  "UPDATE ops.sticker SET closed_at = now() WHERE merchant = $1 AND till = $2"
                      + " AND closed_at IS NULL RETURNING id",
                  merchant.value(),
                  till);
            })
        .compose(
            rows -> {
              rows.forEach(row -> stickers.add(row.getString("id")));
              return Sql.run(
                  connection,
                  "DELETE FROM ops.till WHERE merchant = $1 AND code = $2",
                  merchant.value(),
                  till);
            })
        .map(
            rows ->
                new Closed(
                    rows.rowCount() > 0 || !keys.isEmpty() || !stickers.isEmpty(),
                    List.copyOf(keys),
                    List.copyOf(stickers)));
  }
}
