package io.madang.gateway.webhook;

import static io.madang.gateway.Town.await;

import io.madang.gateway.database.Database;
import io.madang.gateway.database.Sql;
import io.madang.gateway.database.TestPostgres;
import io.madang.gateway.event.Event;
import io.madang.gateway.event.EventType;
import io.madang.gateway.event.Outbox;
import io.madang.gateway.secret.MasterSecret;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Webhooks on a real database, with a clock that a test turns. */
final class Post implements AutoCloseable {
  static final MerchantId SHOP = new MerchantId("M-SHAPSHAP");

  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;
  private final Hands clock = new Hands();
  private final MasterSecret secret = new MasterSecret(MasterSecret.random(32));
  private final boolean toPrivate;
  private final Sender.Names names;
  private final Duration patience;
  final Sql sql;
  final EndpointStore endpoints;
  final DeliveryStore deliveries;
  Outbox outbox = new Outbox();
  private Dispatcher dispatcher;
  private int events;

  /** A clock that goes only when it is turned. */
  private static final class Hands extends Clock {
    private volatile Instant now = Instant.now();

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  Post() {
    this(Duration.ofSeconds(50));
  }

  Post(Duration patience) {
    this(true, host -> List.of(InetAddress.getAllByName(host)), patience);
  }

  Post(boolean toPrivate, Sender.Names names, Duration patience) {
    this.patience = patience;
    this.toPrivate = toPrivate;
    this.names = names;
    var database = await(Database.open(vertx, TestPostgres.newDatabase()));
    pool = database.pool(4);
    sql = new Sql(pool);
    endpoints = new EndpointStore(sql, secret, clock);
    deliveries = new DeliveryStore(sql, endpoints);
    await(
        sql.run(
            "INSERT INTO ops.merchant (id, account, name_ko, name_en, city_ko, city_en, category,"
                + " postal_code, sealed_key) VALUES ($1, '\\x00', '가', 'A', '나', 'B', '5814', '',"
                + " '\\x00')",
            SHOP.value()));
    dispatcher = open();
  }

  private Dispatcher open() {
    return new Dispatcher(
        vertx,
        sql,
        deliveries,
        new Sender(vertx, new HttpClientOptions(), names, toPrivate, patience),
        outbox,
        toPrivate,
        clock,
        new SplittableRandom(7));
  }

  /** What was in memory is gone, as after kill -9; a new process goes on with the database. */
  void crash() {
    dispatcher.close();
    outbox = new Outbox();
    dispatcher = open();
  }

  void turn(Duration by) {
    clock.now = clock.now.plus(by);
    dispatcher.wake();
  }

  long now() {
    return clock.millis();
  }

  Endpoint endpoint(String url, String... types) {
    return await(
        sql.transaction(
            connection ->
                endpoints.add(
                    connection,
                    SHOP,
                    EndpointStore.newId(),
                    new EndpointStore.Wish(url, "", List.of(types)))));
  }

  Endpoint standing(Endpoint endpoint) {
    return await(endpoints.byId(endpoint.id())).orElseThrow();
  }

  /** Something happens to the shop. */
  String happens(EventType type) {
    var data = new JsonObject().put("amount", 4_500).put("name", "신촌 =1+1 \"커피\"");
    var event = Event.about(SHOP, type, "e" + events++, clock.millis(), data);
    await(sql.transaction(connection -> outbox.add(connection, List.of(event))));
    outbox.committed(List.of(SHOP));
    return event.id();
  }

  List<JsonObject> log(Endpoint endpoint) {
    return await(deliveries.list(endpoint, Optional.empty(), Long.MAX_VALUE, 100));
  }

  List<String> eventTypes() {
    var rows = await(sql.run("SELECT type FROM ops.event ORDER BY number"));
    var types = new java.util.ArrayList<String>();
    rows.forEach(row -> types.add(row.getString("type")));
    return types;
  }

  @Override
  public void close() {
    dispatcher.close();
    await(pool.close());
    await(vertx.close());
  }
}
