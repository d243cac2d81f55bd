package io.madang.gateway.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each address and each caller may call, by the generic cell rate algorithm (ITU-T
 * I.371): one time per key says when the key's account is empty again, so nothing runs in the
 * background. Shared by all event loops.
 */
final class RateLimits {
  private static final int MAX_KEYS = 100_000;

  private final Map<String, RateLimit> limits;
  private final ConcurrentHashMap<String, Long> emptyAtNanos = new ConcurrentHashMap<>();

  RateLimits(Map<String, RateLimit> limits) {
    this.limits = Map.copyOf(limits);
  }

  /** Counts a call, or says how long to wait; a refused call does not count. */
  Optional<Duration> take(String rate, String key, long nowNanos) {
    var limit = limits.get(rate);
    if (limit == null) return Optional.empty();
    if (emptyAtNanos.size() > MAX_KEYS) forgetIdle(nowNanos);
    long interval = limit.interval().toNanos();
    long tolerance = interval * (limit.burst() - 1L);
    long[] wait = {0};
    emptyAtNanos.compute(
        rate + " " + key,
        (_, before) -> {
          long empty = before == null || before - nowNanos < 0 ? nowNanos : before;
          if (empty - nowNanos > tolerance) {
            wait[0] = empty - nowNanos - tolerance;
            return empty;
          }
          return empty + interval;
        });
    return wait[0] == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(wait[0]));
  }

  private void forgetIdle(long nowNanos) {
    emptyAtNanos.values().removeIf(empty -> empty - nowNanos < 0);
  }
}
