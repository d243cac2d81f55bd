package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.stories.DemoProcess.StartCost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway is killed with kill -9 at random moments under load. */
class CrashStoryTest {
  private static final int KILLS = Integer.getInteger("madang.kills", 20);
  private static final int PAYERS = 6;

  @TempDir Path data;

  @Test
  void nothing_acknowledged_is_missing_or_doubled_after_kill_9() throws Exception {
    var demo = DemoProcess.start(data);
    try {
      var starts = new ArrayList<StartCost>();
      var payers = new Payers(demo.address(), PAYERS);
      for (int kill = 0; kill < KILLS; kill++) {
        var load = payers.pay();
        load.awaitFinal(2 * PAYERS);
        awaitRandomMoment();
        demo.kill();
        load.stop();

        demo = DemoProcess.start(data);
        starts.add(demo.startCost());
        payers.moveTo(demo.address());
        payers.assertEachAnswerStillStands();
        payers.settleTheUnanswered();
      }
      assertThat(payers.finalPayments()).as("the load was real").isGreaterThan(KILLS * PAYERS);
      payers.assertBooksAgree();
      System.out.printf(
          "%d kills, %d payments; serves again after %s%n", KILLS, payers.finalPayments(), starts);
    } finally {
      demo.close();
    }
  }

  /** In the middle of whatever the gateway is doing; one block takes a few milliseconds. */
  private static void awaitRandomMoment() {
    long moment = System.nanoTime() + ThreadLocalRandom.current().nextLong(400_000_000);
    while (System.nanoTime() < moment) {
      Thread.onSpinWait();
    }
  }
}
