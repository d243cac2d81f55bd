package io.madang.bench;

import java.io.IOException;
import org.HdrHistogram.Histogram;

/** One payment at a time, in turn with lone fsyncs on the same disk. */
final class LonePaymentBench {
  private static final int BATCH = 200;
  private static final int BATCHES = 10;
  private static final double AIMED_FSYNCS = 3;
  private static final double AIMED_MORE_MILLIS = 5;
  private static final long LONGEST_MICROS = 60_000_000;

  private LonePaymentBench() {}

  static void run(Session session) throws IOException {
    Report.heading("One payment at a time, in turn with single fsyncs on the same disk");
    var payments = new Histogram(LONGEST_MICROS, 3);
    var fsyncs = new Histogram(LONGEST_MICROS, 3);
    try (var probe = new FsyncProbe(session.settings().data())) {
      for (int i = 0; i < BATCHES; i++) {
        fsyncs.add(probe.measure(BATCH));
        payments.add(session.sendOneByOne(session.town().paymentsToOne(BATCH)).latencyMicros());
      }
    }
    print("fsync", fsyncs);
    print("payment", payments);
    double allowed = AIMED_FSYNCS * millis(fsyncs, 50) + AIMED_MORE_MILLIS;
    Report.aim(
        millis(payments, 50) <= allowed,
        "p50 %.2f ms = %.1f fsyncs (aim %.0f fsyncs + %.0f ms = %.2f ms)",
        millis(payments, 50),
        millis(payments, 50) / millis(fsyncs, 50),
        AIMED_FSYNCS,
        AIMED_MORE_MILLIS,
        allowed);
  }

  private static void print(String name, Histogram micros) {
    Report.say("  %-22s p50 %6.2f ms   p99 %6.2f ms", name, millis(micros, 50), millis(micros, 99));
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }
}
