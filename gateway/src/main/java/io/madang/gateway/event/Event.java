package io.madang.gateway.event;

import io.madang.chain.Hash;
import io.madang.gateway.http.Json;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Something that happened to a merchant.
 *
 * @param id the same however often it is written, read or sent: receivers tell repetitions by it
 * @param timeMillis when it happened
 * @param data what is to be known, as answers of the API say it
 */
public record Event(
    MerchantId merchant, String id, EventType type, long timeMillis, JsonObject data) {
  private static final int ID_DIGITS = 32;

  /**
   * An event that is named by what it is about.
   *
   * @param subject names one such thing of this merchant and type, such as a payment's position
   */
  public static Event about(
      MerchantId merchant, EventType type, String subject, long timeMillis, JsonObject data) {
    var words = merchant.value() + "\n" + type + "\n" + subject;
    var hash = Hash.sha256(words.getBytes(StandardCharsets.UTF_8)).toString();
    var id = "evt_" + hash.substring(0, ID_DIGITS).toLowerCase(Locale.ROOT);
    return new Event(merchant, id, type, timeMillis, data);
  }

  /** The body as it is kept, signed and sent (Standard Webhooks 1.0, "Payload structure"). */
  String body() {
    return new JsonObject()
        .put("type", type.toString())
        .put("timestamp", Json.time(timeMillis))
        .put("data", data)
        .encode();
  }
}
