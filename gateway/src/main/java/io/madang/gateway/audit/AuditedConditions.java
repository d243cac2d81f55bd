package io.madang.gateway.audit;

import static io.madang.gateway.audit.AuditException.present;
import static io.madang.gateway.audit.AuditException.require;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What binds points and vouchers, and what the operators said about accounts (formats, section 14).
 * What a payer spends in a day is left to the replay, as the limits of accounts are.
 */
final class AuditedConditions {
  private static final long COLLECTED_AFTER_MILLIS = 180L * 24 * 60 * 60 * 1_000;
  private static final Set<String> FUNDS = Set.of("issuer", "system");
  private static final JsonObject NONE = new JsonObject().put("gifts", true).put("forWon", true);

  private final Map<String, String> kinds = new HashMap<>();
  private final Map<String, JsonObject> places = new HashMap<>();
  private final Map<String, TreeMap<Long, JsonObject>> schedules = new HashMap<>();

  void open(String account, String kind) {
    kinds.put(account, kind);
  }

  boolean isPerson(String account) {
    return "person".equals(kinds.get(account));
  }

  void requirePerson(String account) {
    require(isPerson(account), "something was given to one who is no person");
  }

  void requireFund(String account) {
    require(
        FUNDS.contains(kinds.getOrDefault(account, "")),
        "what rules give or collect is not of an issuer or a system");
  }

  /** Takes new rules of an asset and tells how many there have been. */
  int set(long timeMillis, JsonObject words) {
    var rules = words.getJsonObject("rules");
    long from = words.getLong("fromMillis");
    var schedule = schedules.computeIfAbsent(words.getString("asset"), _ -> new TreeMap<>());
    require(from >= timeMillis, "rules began before they were set");
    if (!schedule.isEmpty()) {
      require(from > schedule.lastKey(), "rules began before those that were set earlier");
      require(
          expiry(rules) >= expiry(schedule.lastEntry().getValue())
              || !schedule.lastEntry().getValue().containsKey("expiresMillis"),
          "an expiry was brought forward");
    }
    if (rules.containsKey("expiresMillis")) {
      requireFund(rules.getString("expiredTo"));
    }
    schedule.put(from, rules);
    return schedule.size();
  }

  void place(JsonObject words) {
    places.put(words.getString("account"), words);
  }

  private JsonObject rules(String asset, long timeMillis) {
    var schedule = schedules.get(asset);
    var entry = schedule == null ? null : schedule.floorEntry(timeMillis);
    return entry == null ? NONE : entry.getValue();
  }

  private static long expiry(JsonObject rules) {
    return rules.getLong("expiresMillis", Long.MAX_VALUE);
  }

  void requireNotExpired(String asset, long timeMillis) {
    require(timeMillis < expiry(rules(asset, timeMillis)), asset + " had expired");
  }

  void requireHoldEndsInTime(String asset, long timeMillis, long expiresMillis) {
    require(expiresMillis <= expiry(rules(asset, timeMillis)), "a hold outlives " + asset);
  }

  /** Checks that an asset may go from one to the other in a payment of this amount. */
  void requireMayPay(String asset, long amount, String payer, String payee, long timeMillis) {
    requireNotExpired(asset, timeMillis);
    var rules = rules(asset, timeMillis);
    require(
        amount <= rules.getLong("perPayment", Long.MAX_VALUE),
        "a payment of more " + asset + " than its rules allow");
    switch (kinds.getOrDefault(payee, "")) {
      case "person" ->
          require(
              !isPerson(payer) || rules.getBoolean("gifts"), asset + " was passed on to a person");
      case "merchant", "machine" -> {
        requireAmong(rules.getJsonArray("categories"), payee, "category", asset);
        requireAmong(rules.getJsonArray("regions"), payee, "region", asset);
      }
      default -> {
        // Issuers and systems take everything back.
      }
    }
  }

  private void requireAmong(JsonArray allowed, String payee, String member, String asset) {
    require(
        allowed == null
            || allowed.contains(places.getOrDefault(payee, new JsonObject()).getString(member)),
        asset + " was taken by a merchant of another " + member);
  }

  /** Checks what somebody has of an asset after more came in. */
  void requireRoom(String asset, String receiver, LongSupplier has, long timeMillis) {
    var cap = isPerson(receiver) ? rules(asset, timeMillis).getLong("holdingCap") : null;
    require(
        cap == null || has.getAsLong() <= cap, "a person has more " + asset + " than one may have");
  }

  void requirePaidOutForWon(String asset, long timeMillis) {
    require(rules(asset, timeMillis).getBoolean("forWon"), "won were paid out for " + asset);
  }

  /** Where what expired goes, when it may be collected. */
  String collector(String asset, long timeMillis) {
    var rules = rules(asset, timeMillis);
    require(
        rules.containsKey("expiresMillis") && timeMillis - COLLECTED_AFTER_MILLIS >= expiry(rules),
        "something was collected before its time");
    return present(rules.getString("expiredTo"), "nobody collects " + asset);
  }
}
