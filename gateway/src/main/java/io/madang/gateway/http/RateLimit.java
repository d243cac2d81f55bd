package io.madang.gateway.http;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often one key may call.
 *
 * @param interval the time that one call costs in the long run
 * @param burst how many calls may come at once
 */
public record RateLimit(Duration interval, int burst) {
  public RateLimit {
    if (interval.isNegative() || interval.isZero() || burst < 1) {
      throw new IllegalArgumentException("a rate needs a positive interval and burst");
    }
  }

  /** So many calls a second, and as many at once. */
  public static RateLimit perSecond(int calls) {
    return new RateLimit(Duration.ofSeconds(1).dividedBy(calls), calls);
  }

  /** So many calls a minute, and as many at once. */
  public static RateLimit perMinute(int calls) {
    return new RateLimit(Duration.ofMinutes(1).dividedBy(calls), calls);
  }

  /**
   * The limits that a gateway starts with, by name: {@code address} counts all calls of one network
   * address; the others are named by {@code x-rate} in the contract and count by caller, or by
   * address when nobody in particular calls.
   */
  public static Map<String, RateLimit> usual() {
    return Map.of(
        "address", perSecond(200),
        "general", perSecond(100),
        "login", perMinute(30),
        "account", perMinute(20),
        "payee", perMinute(60),
        "ballot", perMinute(12),
        "application", perMinute(6));
  }

  /**
   * Limits that one machine's demo and tests, where everybody has the same address, do not meet.
   */
  public static Map<String, RateLimit> unhurried() {
    var limits = new TreeMap<>(usual());
    limits.replaceAll((name, limit) -> perSecond(100_000));
    return limits;
  }
}
