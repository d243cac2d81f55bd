package io.madang.gateway.event;

import io.madang.gateway.database.Sql;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where events are written down, in the transaction that makes them happen: there is none without
 * the other. What has to be sent to whom is written with them.
 */
public final class Outbox {
  private static final String ADD =
      """
      WITH fresh AS (
        SELECT merchant, id, type, time_millis, body,
          row_number() OVER (PARTITION BY merchant ORDER BY place) AS place,
          count(*) OVER (PARTITION BY merchant) AS many
        FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])
          WITH ORDINALITY AS given (merchant, id, type, time_millis, body, place)
      ), counted AS (
        INSERT INTO ops.event_counter AS counter (merchant, last)
        SELECT merchant, count(*) FROM fresh GROUP BY merchant ORDER BY merchant
        ON CONFLICT (merchant) DO UPDATE SET last = counter.last + excluded.last
        RETURNING merchant, last
      ), stored AS (
        INSERT INTO ops.event (merchant, number, id, type, time_millis, body)
        SELECT merchant, last - many + place, id, type, time_millis, body
        FROM fresh JOIN counted USING (merchant)
        RETURNING merchant, number, type
      )
      INSERT INTO ops.webhook_delivery (endpoint, merchant, event)
      SELECT endpoint.id, merchant, number
      FROM stored JOIN ops.webhook_endpoint AS endpoint USING (merchant)
      WHERE endpoint.enabled AND type <> 'webhook.test' AND (endpoint.types = '{}'
        OR type = ANY(endpoint.types) OR split_part(type, '.', 1) || '.*' = ANY(endpoint.types))
      """;

  private final List<Consumer<Set<MerchantId>>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Writes events down, in this order. Those of a merchant are numbered without gaps, and nobody
   * else writes this merchant's until the transaction ends.
   */
  public Future<?> add(SqlConnection connection, List<Event> events) {
    if (events.isEmpty()) return Future.succeededFuture();
    return Sql.run(
        connection,
        ADD,
        events.stream().map(event -> event.merchant().value()).toArray(String[]::new),
        events.stream().map(Event::id).toArray(String[]::new),
        events.stream().map(event -> event.type().toString()).toArray(String[]::new),
        events.stream().map(Event::timeMillis).toArray(Long[]::new),
        events.stream().map(Event::body).toArray(String[]::new));
  }

  /** To be called when the transaction of events of these merchants is done. */
  public void committed(Collection<MerchantId> merchants) {
    if (merchants.isEmpty()) return;
    var distinct = Set.copyOf(merchants);
    listeners.forEach(listener -> listener.accept(distinct));
  }

  /** Calls when events of merchants can be read; must not block. */
  public void onCommitted(Consumer<Set<MerchantId>> listener) {
    listeners.add(listener);
  }
}
