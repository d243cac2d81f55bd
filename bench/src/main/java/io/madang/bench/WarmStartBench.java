package io.madang.bench;

import io.madang.chain.Statement;
import io.madang.gateway.client.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;

/** From starting the process, on data that is there, to the first payment that is final. */
final class WarmStartBench {
  private static final double AIMED_SECONDS = 10;
  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private WarmStartBench() {}

  static void run(Session session) throws IOException {
    Report.heading("Start of gateway and PostgreSQL on this session's data, to the first payment");
    var seconds = new ArrayList<Double>();
    for (int round = 1; round <= session.settings().rounds(); round++) {
      var payment = session.town().paymentsToOne(1).getFirst();
      session.stop();
      long start = System.nanoTime();
      var gateway = session.start();
      payFirst(gateway, payment);
      seconds.add((System.nanoTime() - start) / 1e9);
      Report.say("  %d  %.2f s", round, seconds.getLast());
      session.reconnect();
    }
    double median = Leg.median(seconds, Double::doubleValue);
    Report.aim(median <= AIMED_SECONDS, "median %.2f s (aim %.0f s)", median, AIMED_SECONDS);
  }

  /** Sends the payment again and again, which is harmless, until the gateway answers. */
  private static void payFirst(GatewayProcess gateway, Statement payment) {
    var client = gateway.client();
    while (true) {
      try {
        var answer = client.post(Submission.PATH, Submission.body(payment));
        if (answer.getString("status").equals("final")) {
          return;
        }
      } catch (UncheckedIOException | RefusedException notYet) {
        gateway.requireAlive();
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
