package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Hash;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.settlement.SamplePayoutBank;
import io.madang.payment.settlement.BusinessDays;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway is killed with kill -9 in the middle of settlements. The bank is not: it lives with
 * the test, remembers what it paid, and pays whatever it is told to.
 */
class SettlementCrashStoryTest {
  private static final int KILLS = Integer.getInteger("madang.kills", 6);
  private static final int SALES = 3 * SettlingGateway.SHOPS;
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void every_shop_is_paid_once_to_the_won_after_kill_9() throws Exception {
    var bank = new SamplePayoutBank(folder.resolve("bank"), SettlingGateway.PAYER);
    long ahead = untilNoon();
    long sales = 0;
    var stages = new ArrayList<String>();
    Program.shareDatabaseSoftware(folder.resolve("data"));
    var gateway = start(ahead);
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        sales += gateway.sell();
        var day = gateway.today();
        gateway.kill();
        ahead += DAY_MILLIS;

        gateway = start(ahead);
        gateway.settle(day);
        awaitRandomMoment();
        gateway.kill();
        gateway = start(ahead);
        stages.add(gateway.stage(day));
        awaitClosed(gateway, day, bank);

        assertThat(sum(bank)).isEqualTo(sales);
        requireOneFile(gateway);
      }
      assertThat(gateway.operator().get("/v1/settlement/work").getJsonArray("items")).isEmpty();
      System.out.println("found after the kills: " + stages);
    } finally {
      gateway.close();
    }
  }

  /** A clock that shows noon in Seoul: no day ends while the story goes on. */
  private static long untilNoon() {
    long now = System.currentTimeMillis();
    var tomorrow = BusinessDays.SEOUL.of(now).plusDays(1);
    return BusinessDays.SEOUL.beginMillis(tomorrow) + DAY_MILLIS / 2 - now;
  }

  /** In the middle of whatever the gateway is doing; a step takes some milliseconds. */
  private static void awaitRandomMoment() {
    long moment = System.nanoTime() + ThreadLocalRandom.current().nextLong(500_000_000);
    while (System.nanoTime() < moment) {
      Thread.onSpinWait();
    }
  }

  private static void awaitClosed(Started gateway, LocalDate day, SamplePayoutBank bank)
      throws IOException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!gateway.stage(day).equals("closed")) {
      assertThat(System.nanoTime()).as("closed in time").isLessThan(giveUp);
      gateway.settle(day);
      if (!bank.work(day.plusDays(1))) LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static long sum(SamplePayoutBank bank) {
    return bank.paid().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Each run has one file: the one that was stored is the one that the bank took. */
  private void requireOneFile(Started gateway) throws IOException {
    var names = new HashSet<String>();
    for (var item : gateway.operator().get("/v1/settlement/runs").getJsonArray("items")) {
      var run = (JsonObject) item;
      var name = run.getString("id") + ".xml";
      names.add(name);
      byte[] taken = Files.readAllBytes(folder.resolve("bank").resolve("bank").resolve(name));
      assertThat(gateway.operator().bytes("/v1/settlement/runs/" + run.getString("id") + "/file"))
          .isEqualTo(taken);
      assertThat(run.getString("file")).isEqualTo(Hash.sha256(taken).toString());
    }
    try (var files = Files.list(folder.resolve("bank").resolve("bank"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".xml"))
                  .collect(Collectors.toSet()))
          .isEqualTo(names);
    }
  }

  private Started start(long aheadMillis) throws IOException {
    var process =
        Program.of(
                SettlingGateway.class,
                List.of("-Dmadang.log.level=WARN"),
                List.of(
                    folder.resolve("data").toString(),
                    folder.resolve("bank").toString(),
                    Long.toString(aheadMillis)))
            .redirectErrorStream(true)
            .start();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var ready = await(lines, "ready ").split(" ", 3);
    var operator = new GatewayClient(URI.create("http://127.0.0.1:" + ready[1])).with(ready[2]);
    return new Started(
        process,
        lines,
        process.outputWriter(StandardCharsets.US_ASCII),
        operator,
        aheadMillis,
        folder.resolve("data"));
  }

  /** The next line that begins so; what the gateway says before goes on to the test's output. */
  private static String await(BufferedReader lines, String start) {
    try {
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith(start)) return line;
        System.out.println("gateway: " + line);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    throw new AssertionError("the gateway ended before it said " + start);
  }

  /** A gateway that runs, and that somebody reads. */
  private record Started(
      Process process,
      BufferedReader lines,
      Writer input,
      GatewayClient operator,
      long aheadMillis,
      Path data)
      implements AutoCloseable {

    LocalDate today() {
      return BusinessDays.SEOUL.of(System.currentTimeMillis() + aheadMillis);
    }

    long sell() throws IOException {
      var amounts = ThreadLocalRandom.current().longs(SALES, 1, 100_000).boxed().toList();
      input.write(amounts.stream().map(Object::toString).collect(Collectors.joining(" ")) + "\n");
      input.flush();
      await(lines, "sold");
      return amounts.stream().mapToLong(Long::longValue).sum();
    }

    void settle(LocalDate day) {
      operator.post("/v1/settlement/runs", new JsonObject().put("day", day.toString()));
    }

    String stage(LocalDate day) {
      return operator
          .post("/v1/settlement/runs", new JsonObject().put("day", day.toString()))
          .getJsonArray("runs")
          .stream()
          .map(run -> ((JsonObject) run).getString("stage"))
          .findFirst()
          .orElse("not begun");
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        throw new IllegalStateException("it survived kill -9");
      }
    }

    @Override
    public void close() {
      try {
        DemoProcess.stop(process);
      } finally {
        DemoProcess.database(data).ifPresent(ProcessHandle::destroy);
      }
    }
  }
}
