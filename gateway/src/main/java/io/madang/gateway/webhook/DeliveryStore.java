package io.madang.gateway.webhook;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Json;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What has to be sent where, and what came of it. */
final class DeliveryStore {
  /** How many messages of one endpoint are read at once. */
  static final int BATCH = 16;

  /** How many events one call has sent again at most. */
  static final int REPLAYED = 10_000;

  private static final int SHOWN_ATTEMPTS = 12;
  private static final int REPLAY_SECONDS = 8;

  private final Sql sql;
  private final EndpointStore endpoints;

  DeliveryStore(Sql sql, EndpointStore endpoints) {
    this.sql = sql;
    this.endpoints = endpoints;
  }

  /** Messages that are due, the first few of every endpoint but these. */
  Future<List<Message>> due(long nowMillis, Collection<String> busyEndpoints) {
    return sql.run(
            "SELECT "
                + EndpointStore.COLUMNS
                + ", delivery.event AS number, event.id AS event_id, body, attempts, round_start"
                + " FROM ops.webhook_endpoint AS endpoint CROSS JOIN LATERAL"
                + " (SELECT event, attempts, round_start, next_millis FROM ops.webhook_delivery"
                + " WHERE endpoint = endpoint.id AND state = 'waiting' AND next_millis <= $1"
                + " ORDER BY next_millis, event LIMIT "
                + BATCH
                + ") AS delivery JOIN ops.event AS event"
                + " ON event.merchant = endpoint.merchant AND event.number = delivery.event"
                + " WHERE enabled AND paused_until_millis <= $1 AND NOT endpoint.id = ANY($2)"
                + " ORDER BY endpoint.id, delivery.next_millis, delivery.event",
            nowMillis,
            busyEndpoints.toArray(String[]::new))
        .map(
            rows -> {
              var messages = new ArrayList<Message>();
              rows.forEach(row -> messages.add(message(row)));
              return List.copyOf(messages);
            });
  }

  private Message message(Row row) {
    return new Message(
        endpoints.read(row),
        row.getLong("number"),
        row.getString("event_id"),
        row.getString("body"),
        row.getInteger("attempts"),
        row.getInteger("round_start"));
  }

  /** When an attempt was made, and how long it took. */
  record Attempt(long atMillis, long durationMillis, Outcome outcome) {}

  /** The message arrived, and so the endpoint is well: what waited for that is sent now. */
  Future<?> delivered(SqlConnection connection, Message message, Attempt attempt) {
    return log(connection, message, attempt)
        .compose(_ -> state(connection, message, "delivered", 0))
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "UPDATE ops.webhook_endpoint SET failures_in_row = 0,"
                        + " failing_since_millis = NULL, paused_until_millis = 0"
                        + " WHERE id = $1 AND failures_in_row > 0",
                    message.endpoint().id()))
        .compose(
            _ ->
                message.endpoint().failing()
                    ? Sql.run(
                        connection,
                        "UPDATE ops.webhook_delivery SET next_millis = 0"
                            + " WHERE endpoint = $1 AND state = 'waiting'",
                        message.endpoint().id())
                    : Future.succeededFuture());
  }

  /**
   * The message did not arrive.
   *
   * @param next when it is tried again, if it is
   * @return how the endpoint stands; empty when it was deleted meanwhile
   */
  Future<Optional<Standing>> failed(
      SqlConnection connection, Message message, Attempt attempt, Optional<Long> next) {
    return log(connection, message, attempt)
        .compose(
            _ ->
                state(
                    connection, message, next.isPresent() ? "waiting" : "failed", next.orElse(0L)))
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "UPDATE ops.webhook_endpoint SET failures_in_row = failures_in_row + 1,"
                        + " failing_since_millis = coalesce(failing_since_millis, $2)"
                        + " WHERE id = $1 RETURNING enabled, failures_in_row,"
                        + " failing_since_millis",
                    message.endpoint().id(),
                    attempt.atMillis()))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              var row = rows.iterator().next();
              return Optional.of(
                  new Standing(
                      row.getBoolean("enabled"),
                      row.getInteger("failures_in_row"),
                      row.getLong("failing_since_millis")));
            });
  }

  /** How an endpoint stands after a failure. */
  record Standing(boolean enabled, int failuresInRow, long failingSinceMillis) {}

  /** Leaves an endpoint alone until a time. */
  Future<?> pause(SqlConnection connection, Endpoint endpoint, long untilMillis) {
    return Sql.run(
        connection,
        "UPDATE ops.webhook_endpoint SET paused_until_millis = $2 WHERE id = $1",
        endpoint.id(),
        untilMillis);
  }

  /** Sends nothing more to an endpoint until its owner enables it. What waits stays. */
  Future<?> disable(SqlConnection connection, Endpoint endpoint, String because) {
    return Sql.run(
        connection,
        "UPDATE ops.webhook_endpoint SET enabled = false, disabled_because = $2"
            + " WHERE id = $1 AND enabled",
        endpoint.id(),
        because);
  }

  private static Future<?> log(SqlConnection connection, Message message, Attempt attempt) {
    var outcome = attempt.outcome();
    return Sql.run(
        connection,
        "INSERT INTO ops.webhook_attempt"
            + " SELECT $1, $2, $3::int, $4::bigint, $5::bigint, $6, $7::int, $8 WHERE EXISTS"
            + " (SELECT FROM ops.webhook_delivery WHERE endpoint = $1 AND event = $2)"
            + " ON CONFLICT DO NOTHING",
        message.endpoint().id(),
        message.number(),
        message.attempts() + 1,
        attempt.atMillis(),
        attempt.durationMillis(),
        outcome.ending().toString(),
        outcome.status().orElse(null),
        outcome.answer());
  }

  /** A message that was asked to be sent again meanwhile stays asked. */
  private static Future<?> state(
      SqlConnection connection, Message message, String state, long nextMillis) {
    return Sql.run(
        connection,
        "UPDATE ops.webhook_delivery SET attempts = $3,"
            + " state = CASE WHEN round_start = $6 THEN $4 ELSE state END,"
            + " next_millis = CASE WHEN round_start = $6 THEN $5 ELSE next_millis END"
            + " WHERE endpoint = $1 AND event = $2",
        message.endpoint().id(),
        message.number(),
        message.attempts() + 1,
        state,
        nextMillis,
        message.roundStart());
  }

  /** Which events are to be sent again: those after a number and not before a time. */
  record Range(long after, long sinceMillis) {}

  /** What was asked to be sent again, and where to go on when there is more. */
  record Replayed(int count, Optional<Long> next) {}

  /** Has events sent to an endpoint again, whatever became of them before. */
  Future<Replayed> replay(Endpoint endpoint, Range range) {
    return sql.longTransaction(
        REPLAY_SECONDS,
        connection ->
            Sql.run(
                    connection,
                    "SELECT number FROM ops.event WHERE merchant = $1 AND number > $2"
                        + " AND time_millis >= $3 AND type <> 'webhook.test'"
                        + " AND ($4::text[] = '{}' OR type = ANY($4)"
                        + " OR split_part(type, '.', 1) || '.*' = ANY($4))"
                        + " ORDER BY number LIMIT $5",
                    endpoint.merchant().value(),
                    range.after(),
                    range.sinceMillis(),
                    endpoint.types().toArray(String[]::new),
                    REPLAYED + 1)
                .compose(rows -> replay(connection, endpoint, rows)));
  }

  private static Future<Replayed> replay(
      SqlConnection connection, Endpoint endpoint, RowSet<Row> rows) {
    var numbers = new ArrayList<Long>();
    rows.forEach(row -> numbers.add(row.getLong("number")));
    boolean more = numbers.size() > REPLAYED;
    if (more) numbers.removeLast();
    return send(connection, endpoint, numbers)
        .map(
            _ ->
                new Replayed(
                    numbers.size(), more ? Optional.of(numbers.getLast()) : Optional.empty()));
  }

  /** Has these events sent, in a new round of attempts. */
  static Future<?> send(SqlConnection connection, Endpoint endpoint, List<Long> numbers) {
    return Sql.run(
        connection,
        "INSERT INTO ops.webhook_delivery AS delivery (endpoint, merchant, event)"
            + " SELECT $1, $2, number FROM unnest($3::bigint[]) AS number"
            + " ON CONFLICT (endpoint, event) DO UPDATE SET state = 'waiting',"
            + " round_start = delivery.attempts, next_millis = 0",
        endpoint.id(),
        endpoint.merchant().value(),
        numbers.toArray(Long[]::new));
  }

  /** The number of one of a merchant's events. */
  Future<Optional<Long>> number(MerchantId merchant, String eventId) {
    return sql.run(
            "SELECT number FROM ops.event WHERE merchant = $1 AND id = $2",
            merchant.value(),
            eventId)
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getLong("number")));
  }

  /** Deliveries of an endpoint, newest first, one more than the limit if there are more. */
  Future<List<JsonObject>> list(
      Endpoint endpoint, Optional<String> state, long beforeNumber, int limit) {
    return sql.run(
            "SELECT delivery.event AS number, event.id, event.type, event.time_millis, state,"
                + " attempts, next_millis, (SELECT json_agg(json_build_object('at', at_millis,"
                + " 'durationMillis', duration_millis, 'outcome', outcome, 'status', status,"
                + " 'answer', answer) ORDER BY number DESC) FROM (SELECT * FROM"
                + " ops.webhook_attempt AS attempt WHERE attempt.endpoint = delivery.endpoint"
                + " AND attempt.event = delivery.event ORDER BY number DESC LIMIT "
                + SHOWN_ATTEMPTS
                + ") AS attempt) AS log"
                + " FROM ops.webhook_delivery AS delivery JOIN ops.event AS event"
                + " ON event.merchant = delivery.merchant AND event.number = delivery.event"
                + " WHERE endpoint = $1 AND delivery.event < $2 AND ($3::text IS NULL OR state = $3)"
                + " ORDER BY delivery.event DESC LIMIT $4",
            endpoint.id(),
            beforeNumber,
            state.orElse(null),
            limit + 1)
        .map(
            rows -> {
              var views = new ArrayList<JsonObject>();
              rows.forEach(row -> views.add(view(row)));
              return List.copyOf(views);
            });
  }

  private static JsonObject view(Row row) {
    var attempts = new JsonArray();
    if (row.getValue("log") instanceof JsonArray log) {
      for (var one : log) {
        var attempt = (JsonObject) one;
        attempt.put("at", Json.time(attempt.getLong("at")));
        if (attempt.getValue("status") == null) attempt.remove("status");
        attempts.add(attempt);
      }
    }
    var view =
        new JsonObject()
            .put("event", row.getString("id"))
            .put("number", row.getLong("number"))
            .put("type", row.getString("type"))
            .put("time", Json.time(row.getLong("time_millis")))
            .put("state", row.getString("state"))
            .put("attempts", row.getInteger("attempts"))
            .put("log", attempts);
    long next = row.getLong("next_millis");
    if (row.getString("state").equals("waiting") && next > 0) {
      view.put("nextAttemptAt", Json.time(next));
    }
    return view;
  }

  /** Forgets what nobody looks for any more. */
  Future<?> forgetBefore(long nowMillis, Duration deliveries, Duration events) {
    return sql.run(
            "DELETE FROM ops.webhook_delivery USING ops.event AS event"
                + " WHERE event.merchant = webhook_delivery.merchant"
                + " AND event.number = webhook_delivery.event AND state <> 'waiting'"
                + " AND event.time_millis < $1",
            nowMillis - deliveries.toMillis())
        .compose(
            _ ->
                sql.run(
                    "DELETE FROM ops.event WHERE time_millis < $1 AND NOT EXISTS"
                        + " (SELECT FROM ops.webhook_delivery AS delivery WHERE delivery.merchant"
                        + " = event.merchant AND delivery.event = event.number)",
                    nowMillis - events.toMillis()));
  }
}
