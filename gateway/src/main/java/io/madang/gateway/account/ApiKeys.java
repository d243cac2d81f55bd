package io.madang.gateway.account;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Caller;
import io.madang.gateway.secret.MasterSecret;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keys of merchants and operators: 256 random bits, of which only a keyed hash is stored, so that
 * whoever reads the table cannot call.
 */
public final class ApiKeys {
  private static final int SECRET_LENGTH = 32;

  private final Sql sql;
  private final MasterSecret secret;
  private final MerchantRegistry merchants;

  /** Keys in this database. */
  public ApiKeys(Sql sql, MasterSecret secret, MerchantRegistry merchants) {
    this.sql = sql;
    this.secret = secret;
    this.merchants = merchants;
  }

  /**
   * A key that was made.
   *
   * @param id names it, for revoking
   * @param token what its holder sends; never shown again
   */
  public record NewKey(String id, String token) {}

  /** What a merchant's key may do. */
  public record Grant(
      MerchantId merchant, Caller.Role role, Optional<String> till, long refundLimit) {}

  /** Makes a key of a merchant. */
  public Future<NewKey> create(SqlConnection connection, Grant grant) {
    return create(connection, grant, MasterSecret.random(SECRET_LENGTH));
  }

  /** Stores the key of this secret; again is harmless. */
  public Future<NewKey> create(SqlConnection connection, Grant grant, byte[] words) {
    var token = "mk_" + encode(words);
    return Sql.run(
            connection,
            "INSERT INTO ops.api_key (id, hash, merchant, role, till, refund_limit)"
                + " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
            id(token),
            Buffer.buffer(hash(token)),
            grant.merchant().value(),
            grant.role().name().toLowerCase(Locale.ROOT),
            grant.till().orElse(null),
            grant.refundLimit())
        .map(_ -> new NewKey(id(token), token));
  }

  /** Whose key it is, as the owner calls them. */
  Future<?> name(SqlConnection connection, String id, String name) {
    return Sql.run(connection, "UPDATE ops.api_key SET name = $2 WHERE id = $1", id, name);
  }

  /** A key of a merchant that was not revoked. */
  record LiveKey(
      String id, String name, Grant grant, long createdMillis, Optional<Long> usedMillis) {}

  /** A merchant's keys that were not revoked, oldest first. */
  Future<List<LiveKey>> live(MerchantId merchant) {
    return sql.run(
            "SELECT id, name, role, till, refund_limit, created_at, used_at FROM ops.api_key"
                + " WHERE merchant = $1 AND revoked_at IS NULL ORDER BY created_at, id",
            merchant.value())
        .map(
            rows -> {
              var found = new ArrayList<LiveKey>();
              rows.forEach(row -> found.add(liveKey(merchant, row)));
              return List.copyOf(found);
            });
  }

  private static LiveKey liveKey(MerchantId merchant, Row row) {
    return new LiveKey(
        row.getString("id"),
        row.getString("name"),
        new Grant(merchant, role(row), till(row), row.getLong("refund_limit")),
        row.getOffsetDateTime("created_at").toInstant().toEpochMilli(),
        Optional.ofNullable(row.getOffsetDateTime("used_at"))
            .map(time -> time.toInstant().toEpochMilli()));
  }

  /** How many live keys a merchant has; nobody adds one for it until the transaction ends. */
  Future<Long> countLive(SqlConnection connection, MerchantId merchant) {
    return Sql.run(
            connection, "SELECT 1 FROM ops.merchant WHERE id = $1 FOR UPDATE", merchant.value())
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "SELECT count(*) AS count FROM ops.api_key"
                        + " WHERE merchant = $1 AND revoked_at IS NULL",
                    merchant.value()))
        .map(rows -> rows.iterator().next().getLong("count"));
  }

  /** Makes a key of an operator. */
  public Future<NewKey> createForOperator() {
    var token = "ok_" + encode(MasterSecret.random(SECRET_LENGTH));
    return sql.run(
            "INSERT INTO ops.api_key (id, hash) VALUES ($1, $2)",
            id(token),
            Buffer.buffer(hash(token)))
        .map(_ -> new NewKey(id(token), token));
  }

  /**
   * A key that was ended.
   *
   * @param now false when it was before
   */
  record Ended(String id, String name, boolean now) {}

  /** Ends a merchant's key at once; empty when the merchant has no such key. */
  Future<Optional<Ended>> revoke(SqlConnection connection, MerchantId merchant, String id) {
    return Sql.run(
            connection,
            "WITH before AS (SELECT id, name, revoked_at FROM ops.api_key"
                + " WHERE id = $1 AND merchant = $2 FOR UPDATE)"
                + " UPDATE ops.api_key AS key SET revoked_at = coalesce(key.revoked_at, now())"
                + " FROM before WHERE key.id = before.id"
                + " RETURNING before.name, before.revoked_at IS NULL AS now",
            id,
            merchant.value())
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              var row = rows.iterator().next();
              return Optional.of(new Ended(id, row.getString("name"), row.getBoolean("now")));
            });
  }

  /** Notes that a key was used, at most once in a minute for each. */
  private void used(Row row) {
    var before = row.getOffsetDateTime("used_at");
    if (before != null && before.isAfter(OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1))) {
      return;
    }
    // Nobody waits for it, and nothing depends on it.
    sql.run(
        "UPDATE ops.api_key SET used_at = now() WHERE id = $1"
            + " AND (used_at IS NULL OR used_at < now() - interval '1 minute')",
        row.getString("id"));
  }

  /** Who holds this key, if it is one that was not revoked. */
  public Future<Optional<Caller>> holder(String token) {
    byte[] hash = hash(token);
    return sql.run(
            "SELECT id, hash, merchant, role, till, refund_limit, used_at FROM ops.api_key"
                + " WHERE hash = $1 AND revoked_at IS NULL",
            Buffer.buffer(hash))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              var row = rows.iterator().next();
              // The index found it already; comparing again costs nothing and trusts no index.
              if (!MessageDigest.isEqual(hash, row.getBuffer("hash").getBytes())) {
                return Optional.empty();
              }
              used(row);
              return read(row);
            });
  }

  private Optional<Caller> read(Row row) {
    var merchantId = row.getString("merchant");
    if (merchantId == null) return Optional.of(new Caller.Operator(row.getString("id")));
    return merchants
        .byId(new MerchantId(merchantId))
        .map(
            merchant ->
                new Caller.Merchant(
                    row.getString("id"),
                    merchant.id(),
                    merchant.account(),
                    role(row),
                    till(row),
                    row.getLong("refund_limit")));
  }

  private static Caller.Role role(Row row) {
    return Caller.Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT));
  }

  private static Optional<String> till(Row row) {
    return Optional.ofNullable(row.getString("till"));
  }

  private byte[] hash(String token) {
    return secret.hash("api key", token);
  }

  private String id(String token) {
    return HexFormat.of().formatHex(secret.hash("api key id", token), 0, 12);
  }

  private static String encode(byte[] words) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(words);
  }
}
