package io.madang.bench;

import io.madang.chain.Statement;
import io.madang.gateway.setup.DataFolder;
import io.madang.gateway.setup.DataFolder.Series;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.AssetKind;
import io.madang.ledger.ProgrammeCode;
import io.madang.ledger.ProgrammeKind;
import io.madang.ledger.ProgrammeTerms;
import io.madang.ledger.Words.ProgrammeApproval;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * A sale's day: everybody wants a lot in the moment of its opening, and most are too late. Once as
 * a rehearsal, which warms the server up, and once for the figures; beside them a sale in plain SQL
 * on the same server.
 */
@CommandLine.Command(
    name = "madang bench sale",
    mixinStandardHelpOptions = true,
    description = "Many buyers and few vouchers, at once (bench/README.md).")
final class SaleBench implements Callable<Integer> {
  private static final String CHAIN = "bench";
  private static final String COIN = "S-COIN";
  private static final String GIFT = "SINCHON";
  private static final List<Series> ASSETS =
      List.of(new Series(COIN, AssetKind.COIN), new Series(GIFT, AssetKind.VOUCHER));
  private static final String TOO_LATE = "sold-out";
  private static final long LOT = 10_000;
  private static final long PRICE = 9_000;
  private static final int CLIENTS = 8;
  private static final double AIMED_P99_MILLIS = 2_000;

  /** Time for the offer to become final before it opens. */
  private static final Duration AHEAD = Duration.ofSeconds(2);

  @Option(names = "--buyers", defaultValue = "20000", description = "(${DEFAULT-VALUE})")
  private int buyers;

  @Option(names = "--stock", defaultValue = "5000", description = "in lots (${DEFAULT-VALUE})")
  private int stock;

  @Option(
      names = "--connections",
      defaultValue = "2000",
      description = "over which they come (${DEFAULT-VALUE})")
  private int connections;

  @Option(
      names = "--data",
      defaultValue = "data/bench",
      description = "folder on the disk to be measured, emptied first (${DEFAULT-VALUE})")
  private Path data = Path.of("");

  @Option(names = "--keep", description = "leave the data folder and its logs")
  private boolean keep;

  private final Words words = new Words(CHAIN, COIN);

  private SaleBench() {}

  /** Measures and prints. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SaleBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    var folder = data.toAbsolutePath();
    Report.machine();
    try (var held = BenchFolder.take(folder)) {
      var made = DataFolder.create(folder, CHAIN, ASSETS, false, Instant.now());
      try (var gateway = GatewayProcess.start(folder)) {
        gateway.awaitReady();
        var programs = Path.of(System.getProperty("bench.postgres.programs", "/usr/bin"));
        new Day(
                gateway,
                PostgresServer.runningIn(folder.resolve("postgres"), programs),
                Party.of(made.enrollerKey()),
                made.approverKeys().stream().map(Party::of).toList())
            .hold(folder);
      }
      if (!keep) {
        held.remove();
      }
    }
    return 0;
  }

  /** The people, what they want, and where. */
  private final class Day {
    private final GatewayProcess gateway;
    private final PostgresServer postgres;
    private final Party enroller;
    private final List<Party> approvers;
    private final List<Party> people =
        IntStream.range(0, buyers).parallel().mapToObj(i -> Party.named("buyer" + i)).toList();

    Day(GatewayProcess gateway, PostgresServer postgres, Party enroller, List<Party> approvers) {
      this.gateway = gateway;
      this.postgres = postgres;
      this.enroller = enroller;
      this.approvers = approvers;
    }

    void hold(Path folder) throws IOException {
      Report.say("Opening and charging %,d accounts …", buyers);
      send(people.parallelStream().map(one -> words.open(enroller, "person", one)).toList());
      send(people.parallelStream().map(one -> words.issue(approvers, one, 2 * PRICE)).toList());
      send(List.of(words.issue(approvers, fund(), 2L * stock * LOT, GIFT)));
      Report.heading("%,d buyers over %,d connections, %,d lots", buyers, connections, stock);
      sell("rehearsal", "REHEARSAL");
      double perSecond = sell("sale", "SALE");
      postgres.preparePlainSale(stock);
      postgres.checkpoint();
      double plain = postgres.plainSale(folder, buyers, CLIENTS);
      Report.say(
          "  %-12s %,8.0f/s   one row, one transaction each, %d clients (yardstick); the sale took"
              + " %.2f x as many",
          "plain SQL", plain, CLIENTS, perSecond / plain);
      verify();
    }

    /** The one who gives the lots and gets the coins: an issuer. */
    private Party fund() {
      return approvers.getFirst();
    }

    private double sell(String name, String code) throws IOException {
      long from = System.currentTimeMillis() + AHEAD.toMillis();
      var sale =
          new ProgrammeApproval(
              new ProgrammeCode(code),
              ProgrammeKind.SALE,
              fund().account(),
              new AssetCode(GIFT),
              new ProgrammeTerms(
                  from,
                  from + Duration.ofHours(1).toMillis(),
                  0,
                  LOT,
                  Optional.of(new Amount(PRICE, new AssetCode(COIN))),
                  LOT,
                  0,
                  stock * LOT));
      send(List.of(words.sale(approvers, sale)));
      var ready = requests(people.parallelStream().map(one -> words.buy(one, sale)).toList());
      System.gc();
      postgres.checkpoint();
      while (System.currentTimeMillis() <= from) {
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      }
      var server = ProcessTree.processorTimeOf(gateway.process());
      var database = postgres.processes().processorTime();
      LoadGenerator.Run run;
      try (var generator = LoadGenerator.connect(gateway.address(), connections)) {
        run = generator.run(ready, TOO_LATE);
      }
      int sold = run.payments() - run.refused();
      Report.say(
          "  %-12s %,8.0f/s   p50 %6.1f ms   p99 %6.1f ms   all answered after %.2f s   CPU us each:"
              + " server %.0f, PostgreSQL %.0f",
          name,
          run.perSecond(),
          run.millisAt(50),
          run.millisAt(99),
          run.nanos() / 1e9,
          each(ProcessTree.processorTimeOf(gateway.process()).minus(server), run.payments()),
          each(postgres.processes().processorTime().minus(database), run.payments()));
      Report.aim(
          sold == stock,
          "%,d of %,d lots sold, %,d buyers told that they are too late, nothing else answered",
          sold,
          stock,
          run.refused());
      Report.aim(
          run.millisAt(99) < AIMED_P99_MILLIS,
          "p99 answer %.0f ms (aim %.0f ms)",
          run.millisAt(99),
          AIMED_P99_MILLIS);
      return run.perSecond();
    }

    private static double each(Duration processorTime, long count) {
      return processorTime.toNanos() / 1e3 / count;
    }

    /** What the fund got is the price of every lot that answers say was sold. */
    private void verify() {
      long coins = new Books(gateway.client(), words).balance(fund());
      if (coins != 2L * stock * PRICE) {
        throw new IllegalStateException("the fund got %,d".formatted(coins));
      }
      Report.say("  the fund got the price of exactly %,d lots in both sales", 2 * stock);
    }

    private void send(List<Statement> transactions) throws IOException {
      try (var generator = LoadGenerator.connect(gateway.address(), 64)) {
        generator.run(requests(transactions));
      }
    }

    private ReadyRequests requests(List<Statement> transactions) {
      var written =
          transactions.stream().map(one -> Submission.request(gateway.address(), one)).toList();
      int longest = written.stream().mapToInt(request -> request.length).max().orElseThrow();
      var requests = new ReadyRequests(written.size(), longest);
      written.forEach(requests::add);
      return requests;
    }
  }
}
