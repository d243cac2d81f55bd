package io.madang.gateway.payment;

import io.madang.gateway.account.Merchant;
import io.madang.gateway.http.Json;
import io.vertx.core.json.JsonObject;

/**
 * A printed code of a till, where the payer types the amount. The code holds the sticker's own
 * identifier, so that closing one ends that print and no other.
 *
 * @param number counts stickers, for lists
 */
record Sticker(
    long number, String id, Merchant merchant, String till, long createdMillis, boolean closed) {

  JsonObject view() {
    return new JsonObject()
        .put("id", id)
        .put("till", till)
        .put("createdAt", Json.time(createdMillis))
        .put("closed", closed);
  }
}
