package io.madang.gateway.webhook;

import io.madang.gateway.database.Sql;
import io.madang.gateway.event.Event;
import io.madang.gateway.event.EventType;
import io.madang.gateway.event.Notices;
import io.madang.gateway.event.Outbox;
import io.madang.gateway.http.Access;
import io.madang.gateway.http.Access.Owner;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.webhook.DeliveryStore.Range;
import io.madang.gateway.webhook.EndpointStore.Wish;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** A merchant's endpoints, and the log of what was sent there. */
final class WebhookRoutes implements Operations.Feature {
  private static final int MOST_EACH = 10;
  private static final int TEST_ID_LENGTH = 16;

  private final Sql sql;
  private final Idempotency idempotency;
  private final EndpointStore endpoints;
  private final DeliveryStore deliveries;
  private final Outbox outbox;
  private final Notices notices;
  private final Dispatcher dispatcher;
  private final boolean toPrivate;
  private final Clock clock;

  WebhookRoutes(
      Sql sql,
      Idempotency idempotency,
      EndpointStore endpoints,
      DeliveryStore deliveries,
      Outbox outbox,
      Dispatcher dispatcher,
      boolean toPrivate,
      Clock clock) {
    this.sql = sql;
    this.idempotency = idempotency;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.outbox = outbox;
    this.notices = new Notices(outbox);
    this.dispatcher = dispatcher;
    this.toPrivate = toPrivate;
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("createWebhook", this::create);
    operations.on("listWebhooks", this::list);
    operations.on("getWebhook", this::get);
    operations.on("changeWebhook", this::change);
    operations.on("deleteWebhook", this::delete);
    operations.on("rotateWebhookSecret", this::rotate);
    operations.on("testWebhook", this::test);
    operations.on("replayWebhook", this::replay);
    operations.on("listWebhookDeliveries", this::deliveries);
  }

  private Future<Reply> create(Call call) {
    var merchant = call.merchant().merchant();
    var wish = checked(call.body(), new Wish("", "", List.of()));
    return idempotency
        .once(
            Idempotency.Key.of(call, "createWebhook"),
            connection -> create(connection, merchant, wish))
        .onSuccess(_ -> notices.committed(List.of(merchant)));
  }

  private Future<Reply> create(SqlConnection connection, MerchantId merchant, Wish wish) {
    return endpoints
        .count(connection, merchant)
        .compose(
            count -> {
              if (count >= MOST_EACH) {
                return Future.succeededFuture(Problem.of(ProblemType.TOO_MANY_WEBHOOKS));
              }
              // Told before it is there, so that it is not told of itself.
              var id = EndpointStore.newId();
              return tell(connection, merchant, id, wish)
                  .compose(_ -> endpoints.add(connection, merchant, id, wish))
                  .map(made -> Reply.created(made.viewWithSecret()));
            });
  }

  /** Whoever made it may not be the owner whose key it was. */
  private Future<?> tell(SqlConnection connection, MerchantId merchant, String id, Wish wish) {
    var data =
        new JsonObject()
            .put("webhook", id)
            .put("url", wish.url())
            .put("description", wish.description());
    return notices.post(
        connection,
        List.of(Event.about(merchant, EventType.WEBHOOK_MADE, id, clock.millis(), data)));
  }

  /** What the body wishes; what it leaves out stays as it is. */
  private Wish checked(JsonObject body, Wish before) {
    var url = body.getString("url", before.url());
    if (WebhookAddress.parse(url, toPrivate).isEmpty()) {
      throw Problem.of(ProblemType.WEBHOOK_ADDRESS_REFUSED).raised();
    }
    var types =
        body.containsKey("types")
            ? body.getJsonArray("types").stream().map(String.class::cast).distinct().toList()
            : before.types();
    if (!types.stream().allMatch(EventType::isNameOrGroup)) {
      throw Problem.malformed(List.of(new Problem.Fault("#/types", "names no type of event")))
          .raised();
    }
    return new Wish(url, body.getString("description", before.description()), types);
  }

  private Future<Reply> list(Call call) {
    return endpoints
        .list(call.merchant().merchant())
        .map(
            found ->
                Reply.ok(
                    new JsonObject()
                        .put("items", new JsonArray(found.stream().map(Endpoint::view).toList()))));
  }

  /** The endpoint of this call, if it is the caller's. */
  private Future<Endpoint> own(Call call) {
    return endpoints
        .byId(call.text("id"))
        .map(
            found -> {
              var endpoint = found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised());
              Access.check(call.caller(), new Owner.OfMerchant(endpoint.merchant()));
              return endpoint;
            });
  }

  private Future<Reply> get(Call call) {
    return own(call).map(endpoint -> Reply.ok(endpoint.view()));
  }

  private Future<Reply> change(Call call) {
    return own(call)
        .compose(
            endpoint -> {
              var before = new Wish(endpoint.url(), endpoint.description(), endpoint.types());
              return endpoints.change(
                  endpoint.id(),
                  checked(call.body(), before),
                  call.body().getBoolean("enabled", endpoint.enabled()));
            })
        .onSuccess(_ -> dispatcher.wake())
        .map(changed -> Reply.ok(changed.view()));
  }

  private Future<Reply> delete(Call call) {
    return own(call)
        .compose(endpoint -> endpoints.delete(endpoint.id()))
        .map(_ -> new Reply.Nothing());
  }

  private Future<Reply> rotate(Call call) {
    return own(call)
        .compose(
            endpoint ->
                idempotency.once(
                    Idempotency.Key.of(call, "rotateWebhookSecret"),
                    connection ->
                        endpoints
                            .rotate(connection, endpoint.id())
                            .map(changed -> Reply.ok(changed.viewWithSecret()))));
  }

  private Future<Reply> test(Call call) {
    return enabled(call)
        .compose(
            endpoint -> {
              var event = testEvent(endpoint);
              return sql.transaction(connection -> add(connection, endpoint, event))
                  .onSuccess(_ -> outbox.committed(List.of(endpoint.merchant())))
                  .map(_ -> Reply.accepted(new JsonObject().put("event", event.id())));
            });
  }

  private Event testEvent(Endpoint endpoint) {
    var subject = HexFormat.of().formatHex(MasterSecret.random(TEST_ID_LENGTH));
    var data = new JsonObject().put("webhook", endpoint.id());
    return Event.about(endpoint.merchant(), EventType.WEBHOOK_TEST, subject, clock.millis(), data);
  }

  /** A test goes to the endpoint that is tested and to no other. */
  private Future<?> add(SqlConnection connection, Endpoint endpoint, Event event) {
    return outbox
        .add(connection, List.of(event))
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "SELECT last FROM ops.event_counter WHERE merchant = $1",
                    endpoint.merchant().value()))
        .compose(
            rows ->
                DeliveryStore.send(
                    connection, endpoint, List.of(rows.iterator().next().getLong("last"))));
  }

  private Future<Endpoint> enabled(Call call) {
    return own(call)
        .map(
            endpoint -> {
              if (!endpoint.enabled()) throw Problem.of(ProblemType.WEBHOOK_DISABLED).raised();
              return endpoint;
            });
  }

  private Future<Reply> replay(Call call) {
    return enabled(call)
        .compose(endpoint -> replay(endpoint, call.body()))
        .onSuccess(_ -> dispatcher.wake())
        .map(
            replayed ->
                Reply.accepted(
                    Json.putIfPresent(
                        new JsonObject().put("count", replayed.count()),
                        "next",
                        replayed.next().map(number -> Long.toString(number)))));
  }

  private Future<DeliveryStore.Replayed> replay(Endpoint endpoint, JsonObject body) {
    if (body.size() != 1) {
      return Problem.malformed(List.of(new Problem.Fault("#", "has one of event, since and after")))
          .fail();
    }
    if (body.containsKey("after")) {
      return deliveries.replay(endpoint, new Range(Long.parseLong(body.getString("after")), 0));
    }
    if (body.containsKey("since")) {
      return deliveries.replay(endpoint, new Range(0, time(body.getString("since"))));
    }
    return deliveries
        .number(endpoint.merchant(), body.getString("event"))
        .compose(
            number ->
                number.isEmpty()
                    ? Problem.of(ProblemType.NOT_FOUND).fail()
                    : sql.transaction(
                            connection ->
                                DeliveryStore.send(connection, endpoint, List.of(number.get())))
                        .map(_ -> new DeliveryStore.Replayed(1, java.util.Optional.empty())));
  }

  private static long time(String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException notATime) {
      throw Problem.malformed(List.of(new Problem.Fault("#/since", "is no time"))).raised();
    }
  }

  private Future<Reply> deliveries(Call call) {
    return own(call)
        .compose(
            endpoint ->
                deliveries.list(
                    endpoint,
                    call.optional("state"),
                    Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE),
                    call.limit()))
        .map(found -> Reply.ok(Json.numberedPage(found, call.limit())));
  }
}
