package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.stories.Payers.Unavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is killed with kill -9 under load; the gateway starts it again by itself. */
class DatabaseCrashStoryTest {
  private static final int KILLS = Integer.getInteger("madang.databaseKills", 5);
  private static final int PAYERS = 6;
  private static final int ENOUGH = 100;

  @TempDir Path data;

  @Test
  void the_gateway_stands_by_and_recovers_and_no_coin_is_lost_or_doubled() throws Exception {
    try (var demo = DemoProcess.start(data)) {
      var payers = new Payers(demo.address(), PAYERS);
      var load = payers.pay();
      for (int kill = 0; kill < KILLS; kill++) {
        load.awaitFinal(ENOUGH);
        var database = demo.database().orElseThrow();
        database.destroyForcibly();
        database.onExit().get(3, TimeUnit.MINUTES);
        assertThat(demo.isAlive()).as("the gateway lives on").isTrue();
      }
      load.awaitFinal(ENOUGH);
      load.stop();

      var slowest = payers.unavailable().stream().map(Unavailable::after).max(Duration::compareTo);
      System.out.printf(
          "%d kills, %d payments, %d times 503, the slowest after %s%n",
          KILLS,
          payers.finalPayments(),
          payers.unavailable().size(),
          slowest.orElse(Duration.ZERO));
      assertThat(payers.unavailable())
          .as("what was answered meanwhile")
          .isNotEmpty()
          .allMatch(Unavailable::saysWhenToRetry);
      payers.settleTheUnanswered();
      payers.assertEachAnswerStillStands();
      payers.assertBooksAgree();
      assertThat(demo.isAlive()).as("the same gateway all the time").isTrue();
    }
  }
}
