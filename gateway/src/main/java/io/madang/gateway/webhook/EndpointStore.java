package io.madang.gateway.webhook;

import io.madang.chain.SigningKey;
import io.madang.gateway.database.Sql;
import io.madang.gateway.secret.MasterSecret;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Endpoints in the database. Secrets are sealed, because both sides need them as they are; whoever
 * reads the table alone can sign nothing.
 */
final class EndpointStore {
  static final String COLUMNS =
      "endpoint.id, endpoint.merchant, url, description, types, disabled_because, generation,"
          + " sealed_secret, sealed_old_secret, old_until_millis, failures_in_row,"
          + " failing_since_millis, created_millis";

  private static final int ID_LENGTH = 12;
  private static final int SECRET_LENGTH = 32;
  private static final Duration OVERLAP = Duration.ofDays(1);

  private final Sql sql;
  private final MasterSecret secret;
  private final Clock clock;

  EndpointStore(Sql sql, MasterSecret secret, Clock clock) {
    this.sql = sql;
    this.secret = secret;
    this.clock = clock;
  }

  /** What an owner says of an endpoint. */
  record Wish(String url, String description, List<String> types) {}

  /** A name for an endpoint that is going to be made. */
  static String newId() {
    return "we_" + HexFormat.of().formatHex(MasterSecret.random(ID_LENGTH));
  }

  Future<Endpoint> add(SqlConnection connection, MerchantId merchant, String id, Wish wish) {
    return Sql.run(
            connection,
            "INSERT INTO ops.webhook_endpoint AS endpoint"
                + " (id, merchant, url, description, types, sealed_secret, created_millis)"
                + " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING "
                + COLUMNS,
            id,
            merchant.value(),
            wish.url(),
            wish.description(),
            wish.types().toArray(String[]::new),
            newSecret(id),
            clock.millis())
        .map(rows -> read(rows.iterator().next()));
  }

  /** How many a merchant has; nobody adds one for it until the transaction ends. */
  Future<Long> count(SqlConnection connection, MerchantId merchant) {
    return Sql.run(
            connection, "SELECT 1 FROM ops.merchant WHERE id = $1 FOR UPDATE", merchant.value())
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "SELECT count(*) AS count FROM ops.webhook_endpoint WHERE merchant = $1",
                    merchant.value()))
        .map(rows -> rows.iterator().next().getLong("count"));
  }

  Future<List<Endpoint>> list(MerchantId merchant) {
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.webhook_endpoint AS endpoint WHERE merchant = $1"
                + " ORDER BY created_millis, id",
            merchant.value())
        .map(
            rows -> {
              var endpoints = new ArrayList<Endpoint>();
              rows.forEach(row -> endpoints.add(read(row)));
              return List.copyOf(endpoints);
            });
  }

  Future<Optional<Endpoint>> byId(String id) {
    return sql.run("SELECT " + COLUMNS + " FROM ops.webhook_endpoint AS endpoint WHERE id = $1", id)
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(read(rows.iterator().next())));
  }

  /** Changes what the owner may change. Enabling forgives all failures. */
  Future<Endpoint> change(String id, Wish wish, boolean enabled) {
    return sql.run(
            "UPDATE ops.webhook_endpoint AS endpoint SET url = $2, description = $3, types = $4,"
                + " enabled = $5, disabled_because = CASE WHEN $5 THEN NULL"
                + " ELSE coalesce(disabled_because, 'owner') END,"
                + " failures_in_row = CASE WHEN $5 AND NOT enabled THEN 0"
                + " ELSE failures_in_row END,"
                + " failing_since_millis = CASE WHEN $5 AND NOT enabled THEN NULL"
                + " ELSE failing_since_millis END,"
                + " paused_until_millis = CASE WHEN $5 AND NOT enabled THEN 0"
                + " ELSE paused_until_millis END"
                + " WHERE id = $1 RETURNING "
                + COLUMNS,
            id,
            wish.url(),
            wish.description(),
            wish.types().toArray(String[]::new),
            enabled)
        .map(rows -> read(rows.iterator().next()));
  }

  Future<?> delete(String id) {
    return sql.run("DELETE FROM ops.webhook_endpoint WHERE id = $1", id);
  }

  /** Makes a new secret; messages carry signatures of the old one too for a day. */
  Future<Endpoint> rotate(SqlConnection connection, String id) {
    return Sql.run(
            connection,
            "UPDATE ops.webhook_endpoint AS endpoint SET generation = generation + 1,"
                + " sealed_old_secret = sealed_secret, sealed_secret = $2, old_until_millis = $3"
                + " WHERE id = $1 RETURNING "
                + COLUMNS,
            id,
            newSecret(id),
            clock.millis() + OVERLAP.toMillis())
        .map(rows -> read(rows.iterator().next()));
  }

  private Buffer newSecret(String id) {
    return Buffer.buffer(secret.seal(use(id), MasterSecret.random(SECRET_LENGTH)));
  }

  private static String use(String id) {
    return "webhook " + id;
  }

  /** The endpoint in a row with {@link #COLUMNS}. */
  Endpoint read(Row row) {
    var id = row.getString("id");
    int generation = row.getInteger("generation");
    var keys = new ArrayList<Signature.Keys>();
    keys.add(keys(id, generation, row.getBuffer("sealed_secret")));
    var old = row.getBuffer("sealed_old_secret");
    long oldUntil = row.getLong("old_until_millis");
    if (old != null && clock.millis() < oldUntil) keys.add(keys(id, generation - 1, old));
    return new Endpoint(
        id,
        new MerchantId(row.getString("merchant")),
        row.getString("url"),
        row.getString("description"),
        List.of(row.getArrayOfStrings("types")),
        Optional.ofNullable(row.getString("disabled_because")),
        List.copyOf(keys),
        oldUntil,
        row.getInteger("failures_in_row"),
        row.getLong("failing_since_millis"),
        row.getLong("created_millis"));
  }

  private Signature.Keys keys(String id, int generation, Buffer sealed) {
    return new Signature.Keys(
        secret.open(use(id), sealed.getBytes()),
        SigningKey.ed25519(secret.hash("webhook key", id + "\n" + generation)));
  }
}
