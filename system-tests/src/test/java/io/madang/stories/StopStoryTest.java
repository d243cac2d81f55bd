package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever stops the gateway, at whatever moment, has no database left running. */
class StopStoryTest {
  private static final int STOPS = 3;
  private static final int PAYERS = 6;
  private static final long LONGEST_PAUSE_NANOS = 400_000_000;

  @TempDir Path data;

  @Test
  void leaves_no_database_when_it_is_stopped_under_load() throws Exception {
    for (int stop = 0; stop < STOPS; stop++) {
      try (var demo = DemoProcess.start(data)) {
        var load = new Payers(demo.address(), PAYERS).pay();
        load.awaitFinal(2 * PAYERS);
        awaitOddMoment();
        demo.stop();
        load.stop();
        assertNoDatabase();
      }
    }
  }

  @Test
  void leaves_no_database_when_it_is_stopped_while_it_starts() throws Exception {
    for (int stop = 0; stop < STOPS; stop++) {
      var log = data.resolveSibling(data.getFileName() + ".log").toFile();
      var process = DemoProcess.launch(data).redirectErrorStream(true).redirectOutput(log).start();
      awaitDatabase(process);
      awaitOddMoment();
      DemoProcess.stop(process);
      assertNoDatabase();
    }
  }

  private void assertNoDatabase() {
    assertThat(DemoProcess.database(data)).as("a server of the stopped gateway").isEmpty();
    assertThat(Files.exists(data.resolve("postgres/cluster/postmaster.pid")))
        .as("the note of a server that did not end in order")
        .isFalse();
  }

  private void awaitDatabase(Process process) throws IOException {
    while (DemoProcess.database(data).isEmpty()) {
      if (!process.isAlive()) throw new IOException("the demo ended before its database ran");
      Thread.onSpinWait();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void awaitOddMoment() {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
  }
}
