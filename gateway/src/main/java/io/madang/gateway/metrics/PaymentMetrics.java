package io.madang.gateway.metrics;

import io.madang.gateway.http.Problem;
import io.madang.gateway.http.Reply;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Counts transactions by outcome and measures how long they take. Never by account. */
public final class PaymentMetrics {
  private final MeterRegistry registry;
  private final ConcurrentHashMap<String, Timer> timers = new ConcurrentHashMap<>();

  /** Meters in this registry. */
  public PaymentMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A transaction was answered, after so many nanoseconds. */
  public void submitted(AsyncResult<Reply> ended, long nanos) {
    var outcome =
        ended.failed()
            ? "unknown"
            : ended.result() instanceof Problem problem ? problem.name() : "final";
    // The outcomes are the names of problems: few, and none from outside.
    timers.computeIfAbsent(outcome, this::timer).record(Duration.ofNanos(nanos));
  }

  private Timer timer(String outcome) {
    return Timer.builder("madang.transactions")
        .description("Transactions by outcome, and the time to their answer")
        .tag("outcome", outcome)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofSeconds(10))
        .register(registry);
  }

  /** A size that is looked at when it is asked for. */
  public void gauge(String name, String description, Supplier<Number> size) {
    io.micrometer.core.instrument.Gauge.builder(name, size)
        .description(description)
        .register(registry);
  }

  /** A block became final with so many transactions. */
  public void block(int transactions) {
    registry.summary("madang.block.transactions").record(transactions);
  }
}
