package io.madang.gateway.event;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Json;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a merchant has to have seen: an event that stays on its desk until somebody there says so.
 * It is kept for good, while events are forgotten after a while.
 */
public final class Notices {
  private static final String ADD =
      "INSERT INTO ops.notice (merchant, event, type, time_millis, data)"
          + " SELECT merchant, event, type, time_millis, data::jsonb FROM unnest($1::text[],"
          + " $2::text[], $3::text[], $4::bigint[], $5::text[])"
          + " AS given (merchant, event, type, time_millis, data) ON CONFLICT DO NOTHING";

  private final Outbox outbox;

  /** Notices that are events of this outbox, too. */
  public Notices(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Writes events down as notices, in the transaction that makes them happen. */
  public Future<?> post(SqlConnection connection, List<Event> events) {
    if (events.isEmpty()) return Future.succeededFuture();
    return outbox
        .add(connection, events)
        .compose(
            _ ->
                Sql.run(
                    connection,
                    ADD,
                    events.stream().map(event -> event.merchant().value()).toArray(String[]::new),
                    events.stream().map(Event::id).toArray(String[]::new),
                    events.stream().map(event -> event.type().toString()).toArray(String[]::new),
                    events.stream().map(Event::timeMillis).toArray(Long[]::new),
                    events.stream().map(event -> event.data().encode()).toArray(String[]::new)));
  }

  /** To be called when the transaction of notices to these merchants is done. */
  public void committed(Collection<MerchantId> merchants) {
    outbox.committed(merchants);
  }

  /** A merchant's notices, newest first, one more than the limit if there are more. */
  static Future<List<JsonObject>> list(
      Sql sql, MerchantId merchant, boolean onlyUnseen, long beforeNumber, int limit) {
    return sql.run(
            "SELECT n.*, k.name AS seen_by_name FROM ops.notice AS n"
                + " LEFT JOIN ops.api_key AS k ON k.id = n.seen_by"
                + " WHERE n.merchant = $1 AND n.number < $2"
                + (onlyUnseen ? " AND n.seen_millis IS NULL" : "")
                + " ORDER BY n.number DESC LIMIT $3",
            merchant.value(),
            beforeNumber,
            limit + 1)
        .map(
            rows -> {
              var views = new ArrayList<JsonObject>();
              rows.forEach(row -> views.add(view(row)));
              return List.copyOf(views);
            });
  }

  /** Somebody has seen a notice; the first one counts. False when the merchant has none such. */
  static Future<Boolean> seen(
      Sql sql, MerchantId merchant, long number, String key, long nowMillis) {
    return sql.run(
            "UPDATE ops.notice SET seen_by = coalesce(seen_by, $3),"
                + " seen_millis = coalesce(seen_millis, $4) WHERE merchant = $1 AND number = $2",
            merchant.value(),
            number,
            key,
            nowMillis)
        .map(rows -> rows.rowCount() == 1);
  }

  private static JsonObject view(Row row) {
    var view =
        new JsonObject()
            .put("number", row.getLong("number"))
            .put("event", row.getString("event"))
            .put("type", row.getString("type"))
            .put("time", Json.time(row.getLong("time_millis")))
            .put("data", row.getJsonObject("data"));
    Json.putIfPresent(
        view, "seenAt", Optional.ofNullable(row.getLong("seen_millis")).map(Json::time));
    return Json.putIfPresent(view, "seenBy", Optional.ofNullable(row.getString("seen_by_name")));
  }
}
