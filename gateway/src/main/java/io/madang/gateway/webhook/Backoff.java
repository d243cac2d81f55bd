package io.madang.gateway.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait after failures: the steps that Standard Webhooks 1.0 recommends. */
final class Backoff {
  /** How long an endpoint may fail before nothing is sent to it any more. */
  static final Duration PATIENCE = Duration.ofDays(3);

  /** From so many failures in a row, an endpoint gets one message at a time. */
  static final int FAILING = 5;

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final double JITTER = 0.2;

  private Backoff() {}

  /** How long a message waits after so many attempts; empty when they were enough. */
  static Optional<Duration> afterAttempts(int attempts, RandomGenerator random) {
    return attempts > STEPS.size()
        ? Optional.empty()
        : Optional.of(jittered(STEPS.get(attempts - 1), random));
  }

  /** How long an endpoint is left alone after so many failures in a row. */
  static Duration pause(int failuresInRow, RandomGenerator random) {
    if (failuresInRow < FAILING) return Duration.ZERO;
    int doublings = Math.min(failuresInRow - FAILING, 10);
    var pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    return jittered(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, random);
  }

  /** Up to a fifth longer, so that those who failed together do not come back together. */
  private static Duration jittered(Duration wait, RandomGenerator random) {
    return wait.plusMillis((long) (wait.toMillis() * JITTER * random.nextDouble()));
  }
}
