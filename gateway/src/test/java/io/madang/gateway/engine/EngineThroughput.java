package io.madang.gateway.engine;

import static io.madang.gateway.engine.ToyChain.await;

import io.madang.gateway.database.TestPostgres;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerCandidate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures an engine in this process: signed ledger transfers among many accounts, so many in
 * flight at once, each answered when durable. Run by hand: {@code main(accounts, transfers, in
 * flight…)}.
 */
public final class EngineThroughput {
  private EngineThroughput() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    int accounts = Integer.parseInt(arguments[0]);
    int transfers = Integer.parseInt(arguments[1]);
    var vertx = Vertx.vertx();
    var town = new Town(vertx, TestPostgres.newDatabase());
    var engine = town.start(EngineLimits.forProcessors(Runtime.getRuntime().availableProcessors()));
    var opening = new ArrayList<byte[]>();
    for (int i = 0; i < accounts; i++) {
      opening.add(town.open("p" + i));
    }
    run(engine, opening, 500);
    var issuing = new ArrayList<byte[]>();
    for (int i = 0; i < accounts; i++) {
      issuing.add(town.issue("p" + i, 1_000_000, "deposit-" + i));
    }
    run(engine, issuing, 500);
    for (var inFlight : Arrays.copyOfRange(arguments, 2, arguments.length)) {
      var random = new Random(1);
      var signed = new ArrayList<byte[]>();
      for (int i = 0; i < transfers; i++) {
        int from = random.nextInt(accounts);
        int to = (from + 1 + random.nextInt(accounts - 1)) % accounts;
        signed.add(town.transfer("p" + from, "p" + to, 1));
      }
      report(engine, signed, Integer.parseInt(inFlight));
    }
    await(engine.close());
    await(vertx.close());
    System.exit(0);
  }

  private static void report(
      EmbeddedEngine<Ledger, LedgerCandidate> engine, List<byte[]> transactions, int inFlight)
      throws Exception {
    long heightBefore = engine.standing().height();
    var threads = cpuByThread();
    long postgres = postgresTicks();
    long start = System.nanoTime();
    long[] latencies = run(engine, transactions, inFlight);
    long nanos = System.nanoTime() - start;
    long blocks = engine.standing().height() - heightBefore;
    Arrays.sort(latencies);
    System.out.printf(
        "in flight %d: %,.0f transfers/s, %d blocks of %.0f, p50 %.1f ms, p99 %.1f ms%n",
        inFlight,
        transactions.size() * 1e9 / nanos,
        blocks,
        (double) transactions.size() / blocks,
        latencies[latencies.length / 2] / 1e6,
        latencies[latencies.length * 99 / 100] / 1e6);
    System.out.printf(
        "  PostgreSQL %.1f us of processor time each%n",
        (postgresTicks() - postgres) * 10_000.0 / transactions.size());
    cpuByThread()
        .forEach(
            (name, cpu) -> {
              double micros = (cpu - threads.getOrDefault(name, 0L)) / 1e3 / transactions.size();
              if (micros > 0.2) {
                System.out.printf("  %s %.1f us%n", name, micros);
              }
            });
  }

  private static long[] run(
      EmbeddedEngine<Ledger, LedgerCandidate> engine, List<byte[]> transactions, int inFlight)
      throws InterruptedException {
    var permits = new Semaphore(inFlight);
    var latencies = new long[transactions.size()];
    var wrong = new AtomicInteger();
    for (int i = 0; i < latencies.length; i++) {
      permits.acquire();
      int index = i;
      long start = System.nanoTime();
      engine
          .submit(transactions.get(i))
          .onComplete(
              answer -> {
                latencies[index] = System.nanoTime() - start;
                if (!(answer.result() instanceof Answer.Final)) {
                  wrong.incrementAndGet();
                }
                permits.release();
              });
    }
    if (!permits.tryAcquire(inFlight, Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS)
        || wrong.get() > 0) {
      throw new AssertionError("not all were done: " + wrong);
    }
    return latencies;
  }

  private static SortedMap<String, Long> cpuByThread() {
    var beans = ManagementFactory.getThreadMXBean();
    var byName = new TreeMap<String, Long>();
    for (long id : beans.getAllThreadIds()) {
      var info = beans.getThreadInfo(id);
      if (info != null) {
        byName.merge(
            info.getThreadName().replaceAll("[-0-9]+$", ""), beans.getThreadCpuTime(id), Long::sum);
      }
    }
    return byName;
  }

  /** Processor time of all PostgreSQL processes, in hundredths of a second (proc(5), stat). */
  private static long postgresTicks() throws IOException {
    long ticks = 0;
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : processes) {
        try {
          var stat = Files.readString(process.resolve("stat"));
          if (stat.contains("(postgres)")) {
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
          }
        } catch (IOException ended) {
          // A process may end while we look; it is then not counted.
        }
      }
    }
    return ticks;
  }
}
