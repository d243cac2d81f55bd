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
import java.util.Base64;
import java.util.HexFormat;
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

  /** Makes a key of an operator. */
  public Future<NewKey> createForOperator() {
    var token = "ok_" + encode(MasterSecret.random(SECRET_LENGTH));
    return sql.run(
            "INSERT INTO ops.api_key (id, hash) VALUES ($1, $2)",
            id(token),
            Buffer.buffer(hash(token)))
        .map(_ -> new NewKey(id(token), token));
  }

  /** Ends a merchant's key at once; false when the merchant has no such key. */
  public Future<Boolean> revoke(MerchantId merchant, String id) {
    return sql.run(
            "UPDATE ops.api_key SET revoked_at = coalesce(revoked_at, now())"
                + " WHERE id = $1 AND merchant = $2",
            id,
            merchant.value())
        .map(rows -> rows.rowCount() == 1);
  }

  /** Who holds this key, if it is one that was not revoked. */
  public Future<Optional<Caller>> holder(String token) {
    byte[] hash = hash(token);
    return sql.run(
            "SELECT id, hash, merchant, role, till, refund_limit FROM ops.api_key"
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
                    Caller.Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                    Optional.ofNullable(row.getString("till")),
                    row.getLong("refund_limit")));
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
