package io.madang.bench;

import io.madang.chain.Statement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Payments without a pause, and what the processes hold in memory as time goes by. */
final class Soak {
  private static final int BATCH = 20_000;
  private static final Duration SAMPLE_EVERY = Duration.ofSeconds(30);
  private static final double MEBIBYTE = 1024 * 1024;

  private Soak() {}

  static void run(Session session, Duration length) throws IOException {
    Report.heading("Payments for %d minutes; memory as time goes by", length.toMinutes());
    Report.say(
        "  %8s %12s %10s %14s %12s %16s",
        "time", "payments", "per s", "live heap MiB", "RSS MiB", "PostgreSQL MiB");
    long start = System.nanoTime();
    long end = start + length.toNanos();
    long nextSample = start + SAMPLE_EVERY.toNanos();
    long payments = 0;
    long paymentsBefore = 0;
    long sampledAt = start;
    // Signed while the batch before is on its way: ten minutes of ready requests would fill memory.
    var next = signed(session);
    while (System.nanoTime() < end) {
      var batch = next.join();
      next = signed(session);
      payments += session.send(batch).payments();
      if (System.nanoTime() >= nextSample) {
        long now = System.nanoTime();
        Report.say(
            "  %6d s %,12d %,10.0f %14.1f %12.1f %16.1f",
            (now - start) / 1_000_000_000,
            payments,
            (payments - paymentsBefore) * 1e9 / (now - sampledAt),
            session.gateway().liveHeapBytes() / MEBIBYTE,
            ProcessTree.residentBytesOf(session.gateway().process()) / MEBIBYTE,
            session.postgres().processes().memoryBytes() / MEBIBYTE);
        paymentsBefore = payments;
        sampledAt = System.nanoTime();
        nextSample += SAMPLE_EVERY.toNanos();
      }
    }
    session.send(next.join());
  }

  private static CompletableFuture<List<Statement>> signed(Session session) {
    return CompletableFuture.supplyAsync(() -> session.town().paymentsToAny(BATCH));
  }
}
