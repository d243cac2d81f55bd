package io.madang.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private static final long SECOND = 1_000_000_000L;

  private final RateLimits limits =
      new RateLimits(Map.of("ten", new RateLimit(Duration.ofMillis(100), 3)));

  @Test
  void lets_a_burst_pass_and_then_the_rate() {
    long now = Long.MAX_VALUE - 5; // System.nanoTime may be anything, and wraps
    for (int i = 0; i < 3; i++) {
      assertThat(limits.take("ten", "anna", now)).isEmpty();
    }
    assertThat(limits.take("ten", "anna", now)).contains(Duration.ofMillis(100));
    assertThat(limits.take("ten", "ben", now)).isEmpty();
    assertThat(limits.take("ten", "anna", now + SECOND / 10)).isEmpty();
    assertThat(limits.take("ten", "anna", now + SECOND / 10)).isPresent();
    for (int i = 0; i < 3; i++) {
      assertThat(limits.take("ten", "anna", now + 10 * SECOND)).isEmpty();
    }
    assertThat(limits.take("ten", "anna", now + 10 * SECOND)).isPresent();
  }

  @Test
  void counts_nothing_under_a_name_without_a_limit() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(limits.take("other", "anna", 0)).isEmpty();
    }
  }
}
