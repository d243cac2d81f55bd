package io.madang.gateway.webhook;

import io.madang.gateway.database.Sql;
import io.madang.gateway.event.Event;
import io.madang.gateway.event.EventType;
import io.madang.gateway.event.Outbox;
import io.madang.gateway.http.Failures;
import io.madang.gateway.http.Json;
import io.madang.gateway.webhook.DeliveryStore.Attempt;
import io.madang.gateway.webhook.DeliveryStore.Standing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due. Every endpoint has a lane of its own: one that hangs or fails keeps nobody
 * else waiting. What is under way is known to memory only: after a crash it is still due in the
 * database and is sent again, under the same id.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final long UNKNOWN_MILLIS = 60_000;

  /** How many messages are under way to one endpoint. */
  private static final int LANE_WIDTH = 4;

  private final Vertx vertx;
  private final Context context;
  private final Sql sql;
  private final DeliveryStore deliveries;
  private final Sender sender;
  private final Outbox outbox;
  private final boolean toPrivate;
  private final Clock clock;
  private final RandomGenerator random;
  private final long timer;
  // Everything below only on the context.
  private final Map<String, Lane> lanes = new HashMap<>();
  private boolean looking;
  private boolean lookAgain;
  private boolean closed;

  /** What waits for an endpoint and what is on its way there. */
  private static final class Lane {
    private final Queue<Message> queue = new ArrayDeque<>();
    /** What is in the queue, under way, or not to be sent again for a moment. */
    private final Set<Long> taken = new HashSet<>();
    private int underWay;

    boolean isIdle() {
      return taken.isEmpty();
    }
  }

  Dispatcher(
      Vertx vertx,
      Sql sql,
      DeliveryStore deliveries,
      Sender sender,
      Outbox outbox,
      boolean toPrivate,
      Clock clock,
      RandomGenerator random) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.sql = sql;
    this.deliveries = deliveries;
    this.sender = sender;
    this.outbox = outbox;
    this.toPrivate = toPrivate;
    this.clock = clock;
    this.random = random;
    outbox.onCommitted(_ -> wake());
    timer = vertx.setPeriodic(LOOK_MILLIS, _ -> wake());
  }

  /** Something may be due. */
  void wake() {
    context.runOnContext(_ -> look());
  }

  void close() {
    vertx.cancelTimer(timer);
    context.runOnContext(
        _ -> {
          closed = true;
          sender.close();
        });
  }

  private void look() {
    if (closed) return;
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    var busy = new ArrayList<String>();
    lanes.forEach(
        (endpoint, lane) -> {
          if (lane.underWay >= LANE_WIDTH || !lane.queue.isEmpty()) busy.add(endpoint);
        });
    deliveries
        .due(clock.millis(), busy)
        .onSuccess(due -> due.forEach(this::queue))
        .onFailure(failure -> warn("webhooks wait", failure))
        .onComplete(
            _ -> {
              looking = false;
              List.copyOf(lanes.keySet()).forEach(this::advance);
              if (lookAgain) {
                lookAgain = false;
                look();
              }
            });
  }

  private void queue(Message message) {
    var lane = lanes.computeIfAbsent(message.endpoint().id(), _ -> new Lane());
    // One that fails gets a single message, to see whether it is back.
    if (message.endpoint().failing() && !lane.isIdle()) return;
    if (lane.taken.add(message.number())) lane.queue.add(message);
  }

  private void advance(String endpoint) {
    var lane = lanes.get(endpoint);
    if (lane == null || closed) return;
    while (lane.underWay < LANE_WIDTH && !lane.queue.isEmpty()) {
      var message = lane.queue.remove();
      lane.underWay++;
      attempt(message)
          .onComplete(
              arrived -> {
                lane.underWay--;
                // What was read before a failure may have to wait now.
                if (arrived.failed() || !arrived.result()) drop(lane);
                if (arrived.failed()) {
                  // Nobody knows that it was sent: not at once again, or it would be sent for ever.
                  vertx.setTimer(UNKNOWN_MILLIS, _ -> release(endpoint, lane, message));
                } else {
                  release(endpoint, lane, message);
                }
              });
    }
  }

  private void release(String endpoint, Lane lane, Message message) {
    lane.taken.remove(message.number());
    if (lane.isIdle()) lanes.remove(endpoint, lane);
    else advance(endpoint);
    look();
  }

  private static void drop(Lane lane) {
    lane.queue.forEach(message -> lane.taken.remove(message.number()));
    lane.queue.clear();
  }

  /** Whether it arrived. */
  private Future<Boolean> attempt(Message message) {
    long begin = clock.millis();
    var address = WebhookAddress.parse(message.endpoint().url(), toPrivate);
    Future<Outcome> sent =
        address.isPresent()
            ? sender.send(address.get(), headers(message, begin), message.body())
            // The setting that allowed it was taken back.
            : Future.succeededFuture(Outcome.of(Outcome.Ending.ADDRESS_NOT_PUBLIC));
    return sent.compose(
            outcome -> {
              // Cut by ourselves: that is no failure of the receiver's.
              if (closed && !outcome.isDelivered()) return Future.succeededFuture(false);
              var attempt = new Attempt(begin, clock.millis() - begin, outcome);
              return sql.transaction(connection -> settle(connection, message, attempt))
                  .map(
                      noticed -> {
                        if (noticed) outbox.committed(List.of(message.endpoint().merchant()));
                        return outcome.isDelivered();
                      });
            })
        // It is still due in the database, and is sent again.
        .onFailure(failure -> warn("what came of a webhook was not written down", failure));
  }

  private static Map<String, String> headers(Message message, long nowMillis) {
    long seconds = nowMillis / 1_000;
    return Map.of(
        "Content-Type",
        "application/json",
        "User-Agent",
        "Madang-Webhooks/1",
        "webhook-id",
        message.id(),
        "webhook-timestamp",
        Long.toString(seconds),
        "webhook-signature",
        Signature.of(message.id(), seconds, message.body(), message.endpoint().keys()));
  }

  /** Writes down what came of an attempt; whether that made an event. */
  private Future<Boolean> settle(SqlConnection connection, Message message, Attempt attempt) {
    var outcome = attempt.outcome();
    if (outcome.isDelivered()) {
      return deliveries.delivered(connection, message, attempt).map(_ -> false);
    }
    int attempts = message.attempts() + 1 - message.roundStart();
    var asked = outcome.retryAfter().orElse(Duration.ZERO);
    var next =
        Backoff.afterAttempts(attempts, random)
            .map(wait -> clock.millis() + longer(wait, asked).toMillis());
    return deliveries
        .failed(connection, message, attempt, next)
        .compose(
            standing ->
                standing.isPresent() && standing.get().enabled()
                    ? judge(connection, message.endpoint(), standing.get(), outcome, asked)
                    : Future.succeededFuture(false));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Future<Boolean> judge(
      SqlConnection connection,
      Endpoint endpoint,
      Standing standing,
      Outcome outcome,
      Duration asked) {
    long now = clock.millis();
    Optional<String> because =
        outcome.ending() == Outcome.Ending.GONE
            ? Optional.of("gone")
            : now - standing.failingSinceMillis() >= Backoff.PATIENCE.toMillis()
                ? Optional.of("failing")
                : Optional.empty();
    if (because.isPresent()) {
      return deliveries
          .disable(connection, endpoint, because.get())
          .compose(_ -> outbox.add(connection, List.of(notice(endpoint, because.get(), now))))
          .map(_ -> true);
    }
    var pause = longer(Backoff.pause(standing.failuresInRow(), random), asked);
    if (pause.isZero()) return Future.succeededFuture(false);
    return deliveries.pause(connection, endpoint, now + pause.toMillis()).map(_ -> false);
  }

  private static Event notice(Endpoint endpoint, String because, long now) {
    return Event.about(
        endpoint.merchant(),
        EventType.WEBHOOK_DISABLED,
        endpoint.id() + "\n" + now,
        now,
        new JsonObject()
            .put("webhook", endpoint.id())
            .put("description", endpoint.description())
            .put("because", because)
            .put("time", Json.time(now)));
  }

  private static void warn(String what, Throwable failure) {
    LOG.atWarn().addKeyValue("failure", Failures.describe(failure)).log(what);
  }
}
