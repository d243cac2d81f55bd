package io.madang.bench;

import io.madang.chain.Hash;
import io.madang.chain.Statement;
import io.madang.gateway.setup.DataFolder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A running gateway with its PostgreSQL, and a town of open, charged accounts. */
final class Session implements AutoCloseable {
  /** With fewer, the just-in-time compilers are at work while the clock runs. */
  private static final int WARM_UP_PAYMENTS = 150_000;

  private static final int LONGEST_REQUEST = 2_560;
  private static final int RECEIPT_EVERY = 5_000;

  private final Settings settings;
  private static final String CHAIN = "bench";
  private static final String ASSET = "S-COIN";

  private final Words words;
  private final Town town;
  private final List<Hash> receiptSample = new ArrayList<>();
  private GatewayProcess gateway;
  private PostgresServer postgres;
  private double lastPerSecond;

  private Session(Settings settings) throws IOException {
    this.settings = settings;
    this.words = new Words(CHAIN, ASSET);
    this.town = new Town(words, settings.payers(), settings.merchants());
    this.gateway = GatewayProcess.start(settings.data());
    gateway.awaitReady();
    this.postgres =
        PostgresServer.runningIn(settings.data().resolve("postgres"), settings.postgresPrograms());
  }

  /** Starts the gateway on an empty folder, opens and charges the accounts, and warms it up. */
  static Session open(Settings settings) throws IOException {
    var folder = DataFolder.create(settings.data(), CHAIN, DataFolder.Series.coins(ASSET), false, Instant.now());
    var enroller = Party.of(folder.enrollerKey());
    var approvers = folder.approverKeys().stream().map(Party::of).toList();
    var session = new Session(settings);
    Report.say("Opening and charging %,d accounts …", settings.payers() + settings.merchants());
    session.send(session.town.openings(enroller));
    session.send(session.town.charges(approvers));
    Report.say("Warming up with %,d payments …", WARM_UP_PAYMENTS);
    session.lastPerSecond = session.send(session.town.paymentsToAny(WARM_UP_PAYMENTS)).perSecond();
    return session;
  }

  Settings settings() {
    return settings;
  }

  Town town() {
    return town;
  }

  PostgresServer postgres() {
    return postgres;
  }

  GatewayProcess gateway() {
    return gateway;
  }

  /** Sends transactions over all connections; returns once all are final. */
  LoadGenerator.Run send(List<Statement> transactions) throws IOException {
    return run(requests(transactions), settings.connections());
  }

  /** Sends payments one by one over one connection. */
  LoadGenerator.Run sendOneByOne(List<Statement> transactions) throws IOException {
    return run(requests(transactions), 1);
  }

  private LoadGenerator.Run run(ReadyRequests requests, int connections) throws IOException {
    // Connected anew each time: the gateway closes connections that are idle while we sign.
    try (var generator = LoadGenerator.connect(gateway.address(), connections)) {
      return generator.run(requests);
    }
  }

  private ReadyRequests requests(List<Statement> transactions) {
    var requests = new ReadyRequests(transactions.size(), LONGEST_REQUEST);
    for (int i = 0; i < transactions.size(); i++) {
      var transaction = transactions.get(i);
      requests.add(Submission.request(gateway.address(), transaction));
      if (i % RECEIPT_EVERY == 0) {
        receiptSample.add(transaction.hash());
      }
    }
    return requests;
  }

  /** Measures payments for about as long as a leg shall take. */
  Leg payments(IntFunction<List<Statement>> payments) throws IOException {
    var ready = requests(payments.apply((int) (lastPerSecond * settings.seconds())));
    System.gc();
    postgres.checkpoint();
    var self = ProcessHandle.current();
    var server = ProcessTree.processorTimeOf(gateway.process());
    var database = postgres.processes().processorTime();
    var load = ProcessTree.processorTimeOf(self);
    var run = run(ready, settings.connections());
    lastPerSecond = run.perSecond();
    return new Leg(
        run.perSecond(),
        run.millisAt(50),
        run.millisAt(99),
        each(ProcessTree.processorTimeOf(gateway.process()).minus(server), run.payments()),
        each(postgres.processes().processorTime().minus(database), run.payments()),
        each(ProcessTree.processorTimeOf(self).minus(load), run.payments()));
  }

  /** Measures the yardstick, pgbench's TPC-B, for as long as a leg takes. */
  Leg tpcB() {
    postgres.checkpoint();
    var self = ProcessHandle.current();
    var database = postgres.processes().processorTime();
    var load = ProcessTree.processorTimeOf(self);
    double perSecond = postgres.tpcB(settings.clients(), settings.seconds());
    long transactions = Math.round(perSecond * settings.seconds());
    return new Leg(
        perSecond,
        Double.NaN,
        Double.NaN,
        0,
        each(postgres.processes().processorTime().minus(database), transactions),
        // pgbench is a child that has ended, and counts with this process from then on.
        each(ProcessTree.processorTimeOf(self).minus(load), transactions));
  }

  private static double each(Duration processorTime, long count) {
    return processorTime.toNanos() / 1e3 / count;
  }

  /** Stops the gateway and its PostgreSQL. */
  void stop() {
    gateway.close();
  }

  /** Starts both again on the same data; they may not answer yet. */
  GatewayProcess start() {
    gateway = GatewayProcess.start(settings.data());
    return gateway;
  }

  /** Connects anew after {@link #start}. */
  void reconnect() throws IOException {
    gateway.awaitReady();
    postgres =
        PostgresServer.runningIn(settings.data().resolve("postgres"), settings.postgresPrograms());
  }

  /**
   * Asks the gateway for the receipts of a sample and for every balance.
   *
   * @throws IllegalStateException when a receipt does not verify or a balance is not exactly what
   *     the payments add up to
   */
  void verifyBooks() {
    Report.heading("Asking for all balances and for %d receipts …", receiptSample.size());
    var books = new Books(gateway.client(), words);
    books.verifyBalances(town.owners());
    books.verifyReceipts(receiptSample);
    Report.say("  every balance is what the payments add up to; every receipt verifies");
  }

  @Override
  public void close() {
    stop();
  }
}
