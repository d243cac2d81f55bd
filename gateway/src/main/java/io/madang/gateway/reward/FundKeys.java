package io.madang.gateway.reward;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Callers;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * API keys with which rewards are given from the fund, such as a survey's server's. As other API
 * keys: 256 random bits, of which only a keyed hash is stored.
 */
public final class FundKeys implements Callers {
  /** What a fund's keys begin with. */
  public static final String PREFIX = "fk_";

  private static final int SECRET_LENGTH = 32;

  private final Sql sql;
  private final MasterSecret secret;
  private final AccountId fund;

  /** Keys of this fund in this database. */
  public FundKeys(Sql sql, MasterSecret secret, AccountId fund) {
    this.sql = sql;
    this.secret = secret;
    this.fund = fund;
  }

  /**
   * A key that was made.
   *
   * @param token what its holder sends; never shown again
   */
  record NewKey(String id, String token) {}

  /** A key that was not revoked. */
  record LiveKey(String id, String name, long createdMillis) {}

  Future<NewKey> create(SqlConnection connection, String name) {
    var token =
        PREFIX
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MasterSecret.random(SECRET_LENGTH));
    var id = HexFormat.of().formatHex(secret.hash("fund key id", token), 0, 12);
    return Sql.run(
            connection,
            "INSERT INTO ops.fund_key (id, hash, name) VALUES ($1, $2, $3)",
            id,
            hash(token),
            name)
        .map(_ -> new NewKey(id, token));
  }

  /** Keys that were not revoked, oldest first. */
  Future<List<LiveKey>> live() {
    return sql.run(
            "SELECT id, name, created_at FROM ops.fund_key WHERE revoked_at IS NULL"
                + " ORDER BY created_at, id")
        .map(
            rows -> {
              var found = new ArrayList<LiveKey>();
              for (var row : rows) {
                found.add(
                    new LiveKey(
                        row.getString("id"),
                        row.getString("name"),
                        row.getOffsetDateTime("created_at").toInstant().toEpochMilli()));
              }
              return List.copyOf(found);
            });
  }

  /** Ends a key at once; false when there is none. */
  Future<Boolean> revoke(String id) {
    return sql.run(
            "UPDATE ops.fund_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1", id)
        .map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Future<Optional<Caller>> byToken(String token) {
    return sql.run(
            "SELECT id FROM ops.fund_key WHERE hash = $1 AND revoked_at IS NULL", hash(token))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(new Caller.Fund(rows.iterator().next().getString("id"), fund)));
  }

  private Buffer hash(String token) {
    return Buffer.buffer(secret.hash("fund key", token));
  }
}
