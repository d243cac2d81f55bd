package io.madang.gateway.settlement;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;

/**
 * A correction of a merchant's day that two operators have approved.
 *
 * @param change minor units: positive in favour of the merchant
 * @param reason in an operator's words
 */
public record Correction(long number, LocalDate day, long change, String reason) {
  /** What answers say of it. */
  public JsonObject view() {
    return new JsonObject().put("number", number).put("change", change).put("reason", reason);
  }
}
