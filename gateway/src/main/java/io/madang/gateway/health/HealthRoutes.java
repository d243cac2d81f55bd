package io.madang.gateway.health;

import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * How everything is, for operators: each part {@code good}, worth a {@code look} or {@code down},
 * with the figures behind it. While the database is away its part says so and the others that need
 * it are left out.
 */
public final class HealthRoutes implements Operations.Feature {
  private static final int MANY_WAITING = 2_000;
  private static final int MANY_BLOCKS_BEHIND = 200;
  private static final Duration SETTLEMENT_PATIENCE = Duration.ofDays(3);
  private static final int LEAST_FREE_PERCENT = 10;
  private static final long LEAST_FREE_BYTES = 2L << 30;

  private final Vertx vertx;
  private final Engine<?> payments;
  private final Engine<?> votes;
  private final Sql sql;
  private final LongSupplier blocksBehind;
  private final Clock clock;
  private final AtomicReference<Path> disk = new AtomicReference<>(Path.of("").toAbsolutePath());

  /**
   * The health of these parts.
   *
   * @param blocksBehind how many final blocks of the payments are not read into the tables yet
   */
  public HealthRoutes(
      Vertx vertx,
      Engine<?> payments,
      Engine<?> votes,
      Sql sql,
      LongSupplier blocksBehind,
      Clock clock) {
    this.vertx = vertx;
    this.payments = payments;
    this.votes = votes;
    this.sql = sql;
    this.blocksBehind = blocksBehind;
    this.clock = clock;
  }

  /** Looks at the disk of this folder; without it at that of the working folder. */
  public void watchDisk(Path folder) {
    disk.set(folder);
  }

  @Override
  public void register(Operations operations) {
    operations.on("getSystemHealth", _ -> health());
  }

  private Future<Reply> health() {
    var parts = new ArrayList<Future<JsonObject>>();
    parts.add(Future.succeededFuture(chain("payments", payments)));
    parts.add(Future.succeededFuture(chain("votes", votes)));
    parts.add(database());
    parts.add(Future.succeededFuture(projection()));
    parts.add(asked("settlement", SETTLEMENT, this::settlement));
    parts.add(asked("issuance", ISSUANCE, HealthRoutes::issuance));
    parts.add(asked("webhooks", WEBHOOKS, HealthRoutes::webhooks));
    parts.add(vertx.executeBlocking(this::disk, /* ordered= */ false));
    var members =
        Future.join(new Members("payments", payments).views(), new Members("votes", votes).views());
    return Future.join(List.copyOf(parts))
        .transform(_ -> members)
        .transform(
            _ -> {
              var answer =
                  new JsonObject()
                      .put("time", Json.time(clock.millis()))
                      .put("parts", new JsonArray(succeeded(parts)));
              var known = new JsonArray();
              for (int i = 0; i < members.size(); i++) {
                if (members.succeeded(i)) {
                  members.<List<JsonObject>>resultAt(i).forEach(known::add);
                }
              }
              return Future.succeededFuture(Reply.ok(answer.put("members", known)));
            });
  }

  private static List<JsonObject> succeeded(List<Future<JsonObject>> parts) {
    return parts.stream().filter(Future::succeeded).map(Future::result).toList();
  }

  private static JsonObject part(String name, String state) {
    return new JsonObject().put("part", name).put("state", state);
  }

  private static JsonObject chain(String name, Engine<?> engine) {
    var standing = engine.standing();
    int waiting = engine.waiting();
    return part(name, !standing.available() ? "down" : waiting > MANY_WAITING ? "look" : "good")
        .put("chain", standing.chain())
        .put("height", standing.height())
        .put("lastBlockAt", Json.time(standing.timeMillis()))
        .put("waiting", waiting);
  }

  private Future<JsonObject> database() {
    return sql.run("SELECT pg_database_size(current_database()) AS bytes")
        .map(rows -> part("database", "good").put("bytes", rows.iterator().next().getLong("bytes")))
        .otherwise(part("database", "down"));
  }

  private JsonObject projection() {
    long behind = blocksBehind.getAsLong();
    return part("projection", behind > MANY_BLOCKS_BEHIND ? "look" : "good").put("behind", behind);
  }

  private interface Reading {
    JsonObject of(String name, Row row);
  }

  private Future<JsonObject> asked(String name, String question, Reading reading) {
    return sql.run(question).map(rows -> reading.of(name, rows.iterator().next()));
  }

  private static final String SETTLEMENT =
      "SELECT count(*) AS open, count(*) FILTER (WHERE waiting_for <> '') AS waiting,"
          + " min(day) AS oldest FROM ops.settlement_run WHERE stage <> 'CLOSED'";

  private JsonObject settlement(String name, Row row) {
    var oldest = row.getLocalDate("oldest");
    boolean isLate =
        oldest != null
            && clock
                .instant()
                .minus(SETTLEMENT_PATIENCE)
                .isAfter(oldest.atStartOfDay(java.time.ZoneOffset.UTC).toInstant());
    var view =
        part(name, isLate ? "look" : "good")
            .put("open", row.getLong("open"))
            .put("waiting", row.getLong("waiting"));
    return oldest == null ? view : view.put("oldestDay", oldest.toString());
  }

  private static final String ISSUANCE =
      "SELECT count(*) AS waiting, count(*) FILTER (WHERE state = 'unmatched') AS unmatched"
          + " FROM ops.deposit WHERE issued_height IS NULL AND state <> 'returned'";

  private static JsonObject issuance(String name, Row row) {
    long unmatched = row.getLong("unmatched");
    return part(name, unmatched > 0 ? "look" : "good")
        .put("waiting", row.getLong("waiting"))
        .put("unmatched", unmatched);
  }

  private static final String WEBHOOKS =
      "SELECT count(*) FILTER (WHERE enabled) AS enabled,"
          + " count(*) FILTER (WHERE enabled AND failures_in_row > 0) AS failing,"
          + " count(*) FILTER (WHERE disabled_because IN ('failing', 'gone')) AS disabled"
          + " FROM ops.webhook_endpoint";

  private static JsonObject webhooks(String name, Row row) {
    long failing = row.getLong("failing");
    return part(name, failing > 0 ? "look" : "good")
        .put("enabled", row.getLong("enabled"))
        .put("failing", failing)
        .put("disabled", row.getLong("disabled"));
  }

  private JsonObject disk() throws IOException {
    var store = Files.getFileStore(Objects.requireNonNull(disk.get()));
    long free = store.getUsableSpace();
    long total = store.getTotalSpace();
    boolean isShort = free < LEAST_FREE_BYTES || free < total / 100 * LEAST_FREE_PERCENT;
    return part("disk", isShort ? "look" : "good").put("freeBytes", free).put("totalBytes", total);
  }
}
