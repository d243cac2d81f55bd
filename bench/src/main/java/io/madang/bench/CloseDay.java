package io.madang.bench;

import io.madang.chain.Hash;
import io.madang.gateway.database.DatabaseAddress;
import io.madang.gateway.database.EmbeddedPostgres;
import io.madang.gateway.settlement.FolderBank;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes the day that {@link DayMaker} made, in a copy of its database, says what each step took,
 * and compares every figure with what was noted when the day was made.
 */
final class CloseDay {
  private static final double AIMED_SECONDS = 20;
  private static final long AIMED_HEAP = 512L << 20;
  private static final String COPY = "closing";
  private static final int YARDSTICK_ROUNDS = 3;
  private static final long SAMPLE_MILLIS = 50;

  /** What a line of a statement takes, packed. */
  private static final int LINE_BYTES = 57;

  private static final String BARE =
      "SELECT merchant, count(*), sum(amount) FILTER (WHERE NOT is_refund) AS captures,"
          + " coalesce(sum(amount) FILTER (WHERE is_refund), 0) AS refunds FROM public.posting"
          + " GROUP BY merchant";

  private CloseDay() {}

  /**
   * Measures and prints.
   *
   * @param arguments the folder of the day
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    System.setProperty("madang.log.level", "WARN");
    run(Path.of(arguments[0]));
  }

  /** What the close came to: the hash of the payout file, and how many seconds it took. */
  record Closed(Hash file, double seconds) {}

  static Closed run(Path folder) throws IOException, SQLException {
    long seed = Long.parseLong(Files.readString(folder.resolve("seed")).strip());
    try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"))) {
      copy(postgres.address());
      var server = new ProcessTree(postgres.process().orElseThrow());
      try (var town = new ClosingTown(postgres.address().withDatabase(COPY), seed)) {
        return close(town, server, Files.createTempDirectory(folder, "bank"));
      }
    }
  }

  /** Works on a copy, so that the same day can be closed again. */
  private static void copy(DatabaseAddress address) throws SQLException {
    var url = "jdbc:postgresql://%s:%d/postgres".formatted(address.host(), address.port());
    try (var connection = DriverManager.getConnection(url, address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + COPY);
      statement.execute(
          "CREATE DATABASE " + COPY + " TEMPLATE " + address.database() + " STRATEGY FILE_COPY");
      statement.execute("CHECKPOINT");
    }
  }

  /** A moment between two steps. */
  private record Moment(String reached, long nanos, long ownNanos, long serverMillis) {}

  private static Closed close(ClosingTown town, ProcessTree server, Path bank) throws IOException {
    var moments = new ArrayList<Moment>();
    var office =
        town.office(
            settings -> {
              try {
                return settings.withBank(new FolderBank(bank));
              } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
              }
            },
            step -> moments.add(moment(step, server)));
    town.clock()
        .show(io.madang.payment.settlement.BusinessDays.SEOUL.endMillis(ClosingTown.DAY) + 60_000);
    System.gc();
    var mostHeap = new AtomicLong();
    try (var sampler = Executors.newSingleThreadScheduledExecutor()) {
      var sampling =
          sampler.scheduleAtFixedRate(
              () -> mostHeap.accumulateAndGet(heap(), Math::max),
              0,
              SAMPLE_MILLIS,
              TimeUnit.MILLISECONDS);
      moments.add(moment("begin", server));
      office.wake().await();
      moments.add(moment("end", server));
      sampling.cancel(/* mayInterruptIfRunning= */ false);
    } finally {
      office.close();
    }
    var file = verify(town, bank);
    double seconds = report(moments);
    Report.aim(
        seconds <= AIMED_SECONDS,
        "%.1f s from the blocks to the file in the bank's folder (aim %.0f s)",
        seconds,
        AIMED_SECONDS);
    long limit = Runtime.getRuntime().maxMemory();
    Report.aim(
        limit <= AIMED_HEAP,
        "the heap held at most %d MB, garbage included, of %d MB that it may take (aim %d MB)",
        mostHeap.get() >> 20,
        limit >> 20,
        AIMED_HEAP >> 20);
    double bare = yardstick(town);
    Report.say(
        "  a bare GROUP BY over the same postings: %.2f s; the close takes %.0f times as long",
        bare, seconds / bare);
    Report.say("  the payout file's SHA-256 is %s", file);
    return new Closed(file, seconds);
  }

  private static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static Moment moment(String reached, ProcessTree server) {
    return new Moment(
        reached,
        System.nanoTime(),
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getProcessCpuTime(),
        server.processorTime().toMillis());
  }

  /** One line for each stage. */
  private static double report(List<Moment> moments) {
    Report.heading("%-52s %8s   processor time: ours, PostgreSQL", "The close of the day", "time");
    var last = moments.getFirst();
    for (var stage : STAGES) {
      var reached =
          moments.stream()
              .filter(one -> one.reached().endsWith(stage.step()))
              .findFirst()
              .orElseThrow();
      line(stage.title(), last, reached);
      last = reached;
    }
    line("all of it", moments.getFirst(), last);
    return (last.nanos() - moments.getFirst().nanos()) / 1e9;
  }

  private record Stage(String step, String title) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(" COMPUTED", "read blocks, compute, store lines"),
          new Stage(" APPROVED", "two signatures for each merchant"),
          new Stage(" RECORDED", "record the settlements on the chain"),
          new Stage(" FILED", "make and store the file"),
          new Stage("handed over", "make it again, compare, hand it over"));

  private static void line(String title, Moment from, Moment to) {
    Report.say(
        "  %-50s %6.2f s   %6.2f s, %6.2f s",
        title,
        (to.nanos() - from.nanos()) / 1e9,
        (to.ownNanos() - from.ownNanos()) / 1e9,
        (to.serverMillis() - from.serverMillis()) / 1e3);
  }

  /** The median of some rounds, in seconds, with the rows going to the client as ours did. */
  private static double yardstick(ClosingTown town) {
    town.sql().run("ANALYZE public.posting").await();
    var seconds = new ArrayList<Double>();
    for (int round = 0; round < YARDSTICK_ROUNDS; round++) {
      long begin = System.nanoTime();
      town.sql().run(BARE).await();
      seconds.add((System.nanoTime() - begin) / 1e9);
    }
    return Leg.median(seconds, Double::doubleValue);
  }

  /** Every sum, line and payout is as it was noted; the hash of the file. */
  private static Hash verify(ClosingTown town, Path bank) throws IOException {
    var sums =
        only(
            town,
            "SELECT count(*) AS merchants, count(*) FILTER (WHERE d.postings = p.count"
                + " AND d.captures = p.captures AND d.refunds = p.refunds"
                + " AND d.payout = p.captures - p.refunds AND d.state = 'recorded') AS exact FROM ("
                + BARE
                + ") AS p FULL JOIN ops.settlement_day AS d ON d.account = p.merchant");
    require(sums.getLong("merchants"), sums.getLong("exact"), "merchants with exact sums");
    long lines = only(town, "SELECT sum(length(lines)) AS n FROM ops.settlement_lines").getLong(0);
    long postings = only(town, "SELECT count(*) AS n FROM public.posting").getLong(0);
    require(postings * LINE_BYTES, lines, "bytes of lines");
    try (var files = Files.list(bank.resolve("outbox"))) {
      var file = files.filter(one -> one.toString().endsWith(".xml")).findFirst().orElseThrow();
      var payouts = only(town, "SELECT count(*) AS n, sum(won) AS won FROM ops.payout");
      var head = Files.readString(file).substring(0, 1_000);
      if (!head.contains("<NbOfTxs>" + payouts.getLong("n") + "</NbOfTxs>")
          || !head.contains("<CtrlSum>" + payouts.getLong("won") + "</CtrlSum>")) {
        throw new IllegalStateException("the file is not the one of the payouts: " + head);
      }
      return Hash.sha256(Files.readAllBytes(file));
    }
  }

  private static Row only(ClosingTown town, String question) {
    return town.sql().run(question).await().iterator().next();
  }

  private static void require(long expected, long found, String what) {
    if (expected != found) {
      throw new IllegalStateException(what + ": " + found + ", not " + expected);
    }
  }
}
