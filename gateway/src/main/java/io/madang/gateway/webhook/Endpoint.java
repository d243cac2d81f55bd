package io.madang.gateway.webhook;

import io.madang.gateway.http.Json;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server of a merchant's that wants to be told.
 *
 * @param types types of events, or groups such as {@code payment.*}; none means all
 * @param disabledBecause why nothing is sent: {@code owner}, {@code failing}, {@code gone}
 * @param keys what signs, the newest first; two for a day after a change
 * @param failingSinceMillis when the first of the failures in a row was
 */
record Endpoint(
    String id,
    MerchantId merchant,
    String url,
    String description,
    List<String> types,
    Optional<String> disabledBecause,
    List<Signature.Keys> keys,
    long oldUntilMillis,
    int failuresInRow,
    @Nullable Long failingSinceMillis,
    long createdMillis) {

  boolean enabled() {
    return disabledBecause.isEmpty();
  }

  /** Whether it gets one message at a time, until one arrives. */
  boolean failing() {
    return failuresInRow >= Backoff.FAILING;
  }

  /** What its owner sees. */
  JsonObject view() {
    var view =
        new JsonObject()
            .put("id", id)
            .put("url", url)
            .put("description", description)
            .put("types", new JsonArray(types))
            .put("enabled", enabled())
            .put("failing", enabled() && failing())
            .put("publicKey", keys.getFirst().publicText())
            .put("createdAt", Json.time(createdMillis));
    Json.putIfPresent(view, "disabledBecause", disabledBecause);
    if (failingSinceMillis != null) view.put("failingSince", Json.time(failingSinceMillis));
    if (keys.size() > 1) view.put("oldSecretUntil", Json.time(oldUntilMillis));
    return view;
  }

  /** The same with the secret, which is shown when it is made and never again. */
  JsonObject viewWithSecret() {
    return view().put("secret", keys.getFirst().secretText());
  }
}
