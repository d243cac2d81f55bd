package io.madang.gateway.engine;

import static io.madang.gateway.engine.ToyChain.account;
import static io.madang.gateway.engine.ToyChain.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Hash;
import io.madang.gateway.database.EmbeddedPostgres;
import io.madang.gateway.database.TestPostgres;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  private static final int[] ANSWERS_BEFORE_KILL = {1, 40, 117};

  @TempDir Path folder;

  /** A gateway in a process of its own: pays coin after coin and prints what was answered. */
  static final class Gateway {
    private Gateway() {}

    public static void main(String[] arguments) throws IOException {
      var vertx = Vertx.vertx();
      var postgres = EmbeddedPostgres.start(Path.of(arguments[0]), TestPostgres.SOFTWARE);
      var engine = new ToyChain(vertx, postgres.address()).start();
      // Ids of its own in each life: the height has grown since.
      long id = engine.standing().height() * 1_000_000;
      while (true) {
        var transaction =
            ToyChain.sign("anna", "%032x".formatted(id++), "toy.pay", ToyChain.payment("ben", 1));
        if (await(engine.submit(transaction)) instanceof Answer.Final done) {
          System.out.println("answered " + done.hash());
        }
      }
    }
  }

  @Test
  void what_was_answered_is_there_after_the_gateway_was_killed_at_any_moment() throws Exception {
    var answered = new HashSet<String>();
    for (int answers : ANSWERS_BEFORE_KILL) {
      killAfter(answers, answered);
    }
    var vertx = Vertx.vertx();
    // The killed gateway left its PostgreSQL running; this one stops it and starts its own.
    try (var postgres = EmbeddedPostgres.start(folder, TestPostgres.SOFTWARE)) {
      var engine = new ToyChain(vertx, postgres.address()).start();
      for (var hash : answered) {
        assertThat(await(engine.transaction(Hash.parse(hash)))).isPresent();
      }
      long transactions =
          await(engine.blocks(Long.MAX_VALUE, 1_000)).stream()
              .mapToLong(BlockSummary::transactions)
              .sum();
      long paid = await(engine.ask(bank -> bank.balance(account("ben"))));
      assertThat(paid).isEqualTo(transactions);
      // The last one of each life may be written without having been answered.
      assertThat(transactions)
          .isBetween((long) answered.size(), (long) answered.size() + ANSWERS_BEFORE_KILL.length);
      await(engine.close());
    } finally {
      await(vertx.close());
    }
  }

  private void killAfter(int answers, Set<String> answered) throws Exception {
    var gateway =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Gateway.class.getName(),
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(gateway.getInputStream(), StandardCharsets.UTF_8))) {
      int seen = 0;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("answered ")) {
          answered.add(line.substring("answered ".length()));
          if (++seen == answers) {
            // Through the handle: the process itself would close the lines still to be read.
            gateway.toHandle().destroyForcibly();
          }
        }
      }
      assertThat(seen).isGreaterThanOrEqualTo(answers);
    }
    assertThat(gateway.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }
}
