package io.madang.gateway.account;

import io.madang.gateway.account.ApiKeys.Ended;
import io.madang.gateway.account.ApiKeys.Grant;
import io.madang.gateway.event.Event;
import io.madang.gateway.event.EventType;
import io.madang.gateway.event.Notices;
import io.madang.gateway.http.Json;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** Tells a merchant of each key that is made or ended for it, by whomever. */
public final class KeyNotices {
  private final Notices notices;
  private final Clock clock;

  /** Tells by these notices. */
  public KeyNotices(Notices notices, Clock clock) {
    this.notices = notices;
    this.clock = clock;
  }

  Future<?> made(SqlConnection connection, Grant grant, String key, String name) {
    var data =
        new JsonObject()
            .put("key", key)
            .put("name", name)
            .put("role", grant.role().name().toLowerCase(Locale.ROOT));
    Json.putIfPresent(data, "till", grant.till());
    return post(connection, grant.merchant(), EventType.KEY_MADE, key, data);
  }

  Future<?> ended(SqlConnection connection, MerchantId merchant, Ended key) {
    if (!key.now()) return Future.succeededFuture();
    var data = new JsonObject().put("key", key.id()).put("name", key.name());
    return post(connection, merchant, EventType.KEY_ENDED, key.id(), data);
  }

  private Future<?> post(
      SqlConnection connection,
      MerchantId merchant,
      EventType type,
      String subject,
      JsonObject data) {
    return notices.post(
        connection, List.of(Event.about(merchant, type, subject, clock.millis(), data)));
  }

  void committed(MerchantId merchant) {
    notices.committed(List.of(merchant));
  }
}
