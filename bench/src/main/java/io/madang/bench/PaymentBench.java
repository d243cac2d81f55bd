package io.madang.bench;

import java.io.IOException;
import java.util.ArrayList;

/**
 * Signed payments over HTTP, to one merchant and to random ones, against pgbench's TPC-B on the
 * same server, in turn, so that whatever else slows the machine slows all of them.
 */
final class PaymentBench {
  private static final double AIMED_RATIO = 3;
  private static final double AIMED_P50_MILLIS = 6;
  private static final double AIMED_P99_MILLIS = 20;
  private static final double AIMED_SPREAD = 0.10;

  private PaymentBench() {}

  static void run(Session session) throws IOException {
    var settings = session.settings();
    Report.heading(
        "Payments over HTTP (%d connections) and TPC-B (pgbench over TCP, scale %d, prepared, %d"
            + " clients)",
        settings.connections(), settings.scale(), settings.clients());
    session.postgres().preparePgbench(settings.scale());
    session.tpcB();
    var yardstick = new ArrayList<Leg>();
    var toOne = new ArrayList<Leg>();
    var toAny = new ArrayList<Leg>();
    for (int round = 1; round <= settings.rounds(); round++) {
      yardstick.add(session.tpcB());
      Report.yardstick(round + " TPC-B", yardstick.getLast());
      toOne.add(session.payments(session.town()::paymentsToOne));
      Report.payments(round + " to one merchant", toOne.getLast());
      toAny.add(session.payments(session.town()::paymentsToAny));
      Report.payments(round + " to random ones", toAny.getLast());
    }
    var tpcB = Leg.medians(yardstick);
    var one = Leg.medians(toOne);
    var any = Leg.medians(toAny);
    Report.say("  medians");
    Report.yardstick("  TPC-B", tpcB);
    Report.payments("  to one merchant", one);
    Report.payments("  to random ones", any);
    double ratio = one.perSecond() / tpcB.perSecond();
    Report.say(
        "  processor time of all: one TPC-B transaction as much as %.2f payments to one merchant",
        tpcB.allMicros() / one.allMicros());
    double spread = any.perSecond() / one.perSecond() - 1;
    Report.aim(
        ratio >= AIMED_RATIO, "to one merchant %.2f x TPC-B (aim %.0f x)", ratio, AIMED_RATIO);
    Report.aim(
        one.p50Millis() <= AIMED_P50_MILLIS && one.p99Millis() <= AIMED_P99_MILLIS,
        "time to final p50 %.2f ms, p99 %.2f ms (aim %.0f and %.0f ms)",
        one.p50Millis(),
        one.p99Millis(),
        AIMED_P50_MILLIS,
        AIMED_P99_MILLIS);
    Report.aim(
        Math.abs(spread) <= AIMED_SPREAD,
        "random merchants %+.1f %% (aim within %.0f %%)",
        spread * 100,
        AIMED_SPREAD * 100);
  }
}
