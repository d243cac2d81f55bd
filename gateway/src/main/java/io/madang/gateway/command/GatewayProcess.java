package io.madang.gateway.command;

import io.madang.chain.ChainApplication;
import io.madang.gateway.Gateway;
import io.madang.gateway.GatewayConfiguration;
import io.madang.gateway.command.election.ParallelChecks;
import io.madang.gateway.database.Database;
import io.madang.gateway.database.DatabaseAddress;
import io.madang.gateway.database.EmbeddedPostgres;
import io.madang.gateway.engine.Channel;
import io.madang.gateway.engine.EmbeddedEngine;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.EngineLimits;
import io.madang.gateway.engine.Genesis;
import io.madang.gateway.engine.StartCheck;
import io.madang.gateway.setup.DataFolder;
import io.madang.gateway.witness.RollbackWitness;
import io.madang.ledger.Ledger;
import io.madang.voting.chain.BallotBox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway in this process, with all that it stands on: the database when none is given, the
 * engines, the API. Started in that order, stopped in reverse. Blocking: not for event loops.
 */
public final class GatewayProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int POOL_CONNECTIONS = 12;

  /** What must be undone, the latest first. */
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch putAway = new CountDownLatch(1);

  /** Runs when the process is asked to end, also while it starts: its database is a process too. */
  private final Thread shutdownHook = Thread.ofPlatform().unstarted(this::endInOrder);

  private final Vertx vertx;
  private final Gateway gateway;
  private final EmbeddedEngine<Ledger, ?> engine;
  private final EmbeddedEngine<BallotBox, ?> votes;

  private GatewayProcess(
      DataFolder data,
      Optional<DatabaseAddress> database,
      Witnessing witnessing,
      GatewayConfiguration configuration)
      throws IOException {
    Runtime.getRuntime().addShutdownHook(shutdownHook);
    boolean complete = false;
    try {
      var address = database.isPresent() ? database.get() : embedded(data);
      var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      vertx =
          Vertx.builder()
              .with(
                  new VertxOptions()
                      .setPreferNativeTransport(false)
                      .setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true)))
              .withMetrics(new MicrometerMetricsFactory(registry))
              .build();
      toUndo(() -> await(vertx.close(), STOP_LIMIT));
      var opened = await(Database.open(vertx, address), START_LIMIT);
      if (data.addVotesUnlessThere(configuration.clock().instant())) {
        LOG.info(
            "Added a voting channel to {}; its administrator's key is {}",
            data.path(),
            data.administratorFile());
      }
      var processors = Runtime.getRuntime().availableProcessors();
      engine =
          engine(
              new EmbeddedEngine.Parts<>(
                  vertx,
                  opened,
                  Channel.PAYMENTS,
                  new Ledger(),
                  data.memberKey(),
                  EngineLimits.forProcessors(processors),
                  configuration.clock(),
                  StartCheck.LAST_BLOCKS,
                  constant(data.genesis())),
              data,
              witnessing,
              registry);
      votes =
          engine(
              new EmbeddedEngine.Parts<>(
                  vertx,
                  opened,
                  Channel.VOTES,
                  new BallotBox(new ParallelChecks()),
                  data.votesMemberKey(),
                  EngineLimits.forBallots(processors),
                  configuration.clock(),
                  StartCheck.LAST_BLOCKS,
                  constant(data.votesGenesis())),
              data,
              witnessing,
              registry);
      var pool = opened.pool(POOL_CONNECTIONS);
      toUndo(() -> await(pool.close(), STOP_LIMIT));
      gateway =
          await(Gateway.start(vertx, configuration, engine, votes, pool, registry), START_LIMIT);
      toUndo(() -> await(gateway.close(), STOP_LIMIT));
      gateway.watchDisk(data.path());
      complete = true;
    } finally {
      // Whatever it was: a future fails with checked exceptions that no signature names.
      if (!complete) close();
    }
  }

  /** Remembers what must be undone, and goes no further when the process was asked to end. */
  private void toUndo(AutoCloseable part) {
    started.push(part);
    if (asked.getCount() == 0) throw new IllegalStateException("asked to end while starting");
  }

  /** The process must not end before everything is put away. */
  private void endInOrder() {
    asked.countDown();
    try {
      putAway.await();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * How a rollback of the database is noticed.
   *
   * @param folder where the witness is; the data folder when it is not given
   * @param acceptRollback whether the operator knows that something is lost
   */
  public record Witnessing(Optional<Path> folder, boolean acceptRollback) {
    /** In the data folder, and nothing is lost. */
    public static final Witnessing IN_THE_DATA_FOLDER = new Witnessing(Optional.empty(), false);
  }

  /**
   * Starts everything.
   *
   * @param database where the chains are kept; one of its own below the data folder when absent
   * @throws IOException when the database does not start or a file of the data folder is not as it
   *     must be
   */
  public static GatewayProcess start(
      DataFolder data,
      Optional<DatabaseAddress> database,
      Witnessing witnessing,
      GatewayConfiguration configuration)
      throws IOException {
    return new GatewayProcess(data, database, witnessing, configuration);
  }

  /** An engine whose witness was asked first and is kept up. */
  private <A extends ChainApplication<T>, T extends ChainApplication.Candidate>
      EmbeddedEngine<A, T> engine(
          EmbeddedEngine.Parts<A, T> parts,
          DataFolder data,
          Witnessing witnessing,
          PrometheusMeterRegistry registry)
          throws IOException {
    var chain = parts.newChain().get().chain();
    var witness =
        RollbackWitness.open(
            witnessing.folder().orElse(data.path()),
            chain,
            parts.memberKey(),
            witnessing.acceptRollback());
    witness.check(parts.database(), parts.channel());
    var running = await(EmbeddedEngine.start(parts), START_LIMIT);
    toUndo(() -> await(running.close(), STOP_LIMIT));
    var keeper = await(witness.keep(parts.vertx(), running), START_LIMIT);
    toUndo(() -> await(keeper.close(), STOP_LIMIT));
    Gauge.builder("madang.witness.behind", keeper::behind)
        .tag("chain", chain)
        .description("Final blocks that a rollback would lose unnoticed")
        .register(registry);
    return running;
  }

  private static Supplier<Genesis> constant(Genesis genesis) {
    return () -> genesis;
  }

  private DatabaseAddress embedded(DataFolder data) throws IOException {
    var postgres = EmbeddedPostgres.start(data.path().resolve("postgres"));
    toUndo(postgres);
    return postgres.address();
  }

  Vertx vertx() {
    return vertx;
  }

  /** The gateway that runs. */
  public Gateway gateway() {
    return gateway;
  }

  /** The engine of the payments. */
  public Engine<Ledger> engine() {
    return engine;
  }

  /**
   * Waits until the process is asked to end (Ctrl-C) or an engine had to, and puts everything away.
   *
   * @return the exit code: 0 when asked, 1 when an engine ended by itself
   */
  public int awaitEnd() throws InterruptedException {
    engine.ended().onComplete(_ -> asked.countDown());
    votes.ended().onComplete(_ -> asked.countDown());
    asked.await();
    int exitCode = engine.ended().isComplete() || votes.ended().isComplete() ? 1 : 0;
    close();
    return exitCode;
  }

  private static <T> T await(Future<T> future, Duration limit) {
    try {
      return future.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException("no answer within " + limit.toSeconds() + " s", late);
    }
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception failed) {
        // The rest must be stopped all the same.
        LOG.warn("Something did not stop in order", failed);
      }
    }
    putAway.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException endingAlready) {
      // The hook runs, or has run.
    }
  }

  /** The clock of this machine. */
  static Clock clock() {
    return Clock.systemUTC();
  }
}
