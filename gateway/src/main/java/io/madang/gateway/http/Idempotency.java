package io.madang.gateway.http;

import io.madang.gateway.database.Sql;
import io.madang.gateway.secret.MasterSecret;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Does a call with an {@code Idempotency-Key} once. The effect and the answer are stored in one
 * transaction, so that a repetition after a crash finds both or neither. Answers are sealed,
 * because some hold secrets that are shown only once.
 */
public final class Idempotency {
  private static final String REMEMBERED = "interval '24 hours'";

  private final Sql sql;
  private final MasterSecret secret;

  /** Stores answers in this database. */
  public Idempotency(Sql sql, MasterSecret secret) {
    this.sql = sql;
    this.secret = secret;
  }

  /** Identifies one request of one caller: what the same key must come with again. */
  public record Key(String scope, String operation, String key, byte[] fingerprint) {
    /** The key of a call that has one. */
    public static Key of(Call call, String operation) {
      var request =
          operation + "\n" + new TreeMap<>(call.parameters()) + "\n" + canonical(call.body());
      return new Key(
          call.caller().scope(),
          operation,
          call.idempotencyKey().orElseThrow(),
          sha256(request.getBytes(StandardCharsets.UTF_8)));
    }

    /** 32 bytes that name this key among all callers' and operations' keys. */
    public byte[] name(MasterSecret secret) {
      return secret.hash("idempotency", scope + "\n" + operation + "\n" + key);
    }

    /** Bodies have no order of members. */
    private static String canonical(JsonObject body) {
      var ordered = new TreeMap<String, Object>();
      for (var member : body) {
        var value = member.getValue();
        ordered.put(
            member.getKey(), value instanceof JsonObject object ? canonical(object) : value);
      }
      return new JsonObject(ordered).encode();
    }
  }

  /**
   * Does the work in a transaction unless it was done before. Work that refuses does so before it
   * writes; its refusal is remembered like any answer. When the work's future fails, nothing is
   * stored and the call may come again.
   */
  public Future<Reply> once(Key key, Function<SqlConnection, Future<Reply>> work) {
    return sql.transaction(connection -> once(connection, key, work));
  }

  private Future<Reply> once(
      SqlConnection connection, Key key, Function<SqlConnection, Future<Reply>> work) {
    byte[] name = key.name(secret);
    return Sql.run(
            connection,
            "SELECT pg_try_advisory_xact_lock($1) AS mine",
            ByteBuffer.wrap(name).getLong())
        .compose(
            lock -> {
              if (!lock.iterator().next().getBoolean("mine")) {
                return Future.succeededFuture(Problem.of(ProblemType.IDEMPOTENCY_KEY_IN_USE));
              }
              return Sql.run(
                      connection,
                      "SELECT fingerprint, status, body FROM ops.idempotency"
                          + " WHERE name = $1 AND created_at > now() - "
                          + REMEMBERED,
                      Buffer.buffer(name))
                  .compose(
                      rows ->
                          rows.size() > 0
                              ? Future.succeededFuture(replay(key, name, rows))
                              : work.apply(connection)
                                  .compose(reply -> store(connection, key, name, reply)));
            });
  }

  private Reply replay(Key key, byte[] name, RowSet<Row> rows) {
    var row = rows.iterator().next();
    if (!Arrays.equals(row.getBuffer("fingerprint").getBytes(), key.fingerprint())) {
      return Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }
    byte[] body = secret.open(use(name), row.getBuffer("body").getBytes());
    return new Reply.Json(
        row.getInteger("status"),
        new JsonObject(new String(body, StandardCharsets.UTF_8)),
        Map.of("Idempotency-Replayed", "true"));
  }

  private Future<Reply> store(SqlConnection connection, Key key, byte[] name, Reply reply) {
    Reply.Json answer =
        switch (reply) {
          case Reply.Json json -> json;
          case Problem problem when problem.status() < 500 ->
              new Reply.Json(problem.status(), problem.body("replayed"), Map.of());
          default -> throw new IllegalStateException("not an answer to remember");
        };
    byte[] body = answer.body().encode().getBytes(StandardCharsets.UTF_8);
    return Sql.run(
            connection,
            "INSERT INTO ops.idempotency (name, fingerprint, status, body) VALUES ($1, $2, $3, $4)"
                + " ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint,"
                + " status = excluded.status, body = excluded.body, created_at = now()",
            Buffer.buffer(name),
            Buffer.buffer(key.fingerprint()),
            answer.status(),
            Buffer.buffer(secret.seal(use(name), body)))
        .map(_ -> reply);
  }

  private static String use(byte[] name) {
    return "answer " + HexFormat.of().formatHex(name);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
