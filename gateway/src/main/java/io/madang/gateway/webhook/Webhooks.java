package io.madang.gateway.webhook;

import io.madang.gateway.database.Sql;
import io.madang.gateway.event.Outbox;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Operations;
import io.madang.gateway.secret.MasterSecret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Everything about webhooks: this package's parts, put together. */
public final class Webhooks implements Operations.Feature {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration DELIVERIES_KEPT = Duration.ofDays(30);
  private static final Duration EVENTS_KEPT = Duration.ofDays(90);
  private static final Duration TIDY_EVERY = Duration.ofHours(1);

  private final DeliveryStore deliveries;
  private final Dispatcher dispatcher;
  private final WebhookRoutes routes;
  private final Clock clock;
  private volatile long tidiedMillis;

  /**
   * Webhooks that begin to be sent at once.
   *
   * @param toPrivate whether also http, and addresses that are not public; for tests and demos
   */
  public Webhooks(
      Vertx vertx,
      Sql sql,
      MasterSecret secret,
      Idempotency idempotency,
      Outbox outbox,
      boolean toPrivate,
      Clock clock) {
    this.clock = clock;
    var endpoints = new EndpointStore(sql, secret, clock);
    deliveries = new DeliveryStore(sql, endpoints);
    var sender =
        new Sender(
            vertx,
            new HttpClientOptions(),
            host -> List.of(InetAddress.getAllByName(host)),
            toPrivate,
            PATIENCE);
    dispatcher =
        new Dispatcher(
            vertx, sql, deliveries, sender, outbox, toPrivate, clock, new SecureRandom());
    routes =
        new WebhookRoutes(
            sql, idempotency, endpoints, deliveries, outbox, dispatcher, toPrivate, clock);
  }

  @Override
  public void register(Operations operations) {
    routes.register(operations);
  }

  /** Forgets what is old, now and then. */
  public Future<?> tidy() {
    long now = clock.millis();
    if (now - tidiedMillis < TIDY_EVERY.toMillis()) return Future.succeededFuture();
    tidiedMillis = now;
    return deliveries.forgetBefore(now, DELIVERIES_KEPT, EVENTS_KEPT);
  }

  /** Sends nothing more. */
  public void close() {
    dispatcher.close();
  }
}
