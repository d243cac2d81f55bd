package io.madang.gateway.engine;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.gateway.database.Database;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link StateTables} up to date, some seconds behind the blocks, on a thread and a
 * connection of its own. Until a block is taken in, its transactions are found here.
 */
final class TableWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);

  /** How long effects gather: the longer, the more changes of one row become a single write. */
  private static final Duration GATHERING = Duration.ofSeconds(5);

  /** So that blocks, whose payers wait, go before. */
  private static final Duration REST = Duration.ofMillis(5);

  private static final Duration RECONNECT_PAUSE = Duration.ofMillis(500);

  /** Transactions that may wait before no further block is made: some tens of megabytes. */
  private static final int MOST_WAITING = 200_000;

  private final Database database;
  private final Channel channel;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ConcurrentHashMap<Hash, Position> places = new ConcurrentHashMap<>();
  private List<BlockEffect> waiting = new ArrayList<>();
  private long height;
  private volatile boolean closing;
  private volatile @Nullable Throwable failure;
  private @Nullable PgConnection connection;

  /**
   * A writer that nothing was given to yet.
   *
   * @param height the last block that the tables have taken in
   */
  TableWriter(Database database, Channel channel, long height) {
    this.database = database;
    this.channel = channel;
    this.height = height;
    this.thread =
        Thread.ofPlatform().daemon().name(channel.threadName("tables")).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Takes on the effect of the next durable block; waits while too much has gathered.
   *
   * @throws IllegalStateException when the tables cannot be written, now or ever
   */
  void add(BlockEffect effect) {
    for (int i = 0; i < effect.transactions().size(); i++) {
      places.put(effect.transactions().get(i), new Position(effect.height(), i));
    }
    lock.lock();
    try {
      while (places.size() > MOST_WAITING && !closing && failure == null) {
        changed.awaitUninterruptibly();
      }
      if (failure != null) {
        throw new IllegalStateException("the tables of state cannot be written", failure);
      }
      if (waiting.isEmpty() || places.size() > MOST_WAITING / 2) {
        changed.signalAll();
      }
      waiting.add(effect);
    } finally {
      lock.unlock();
    }
  }

  /** Where a transaction is whose block the tables have not taken in yet. */
  Optional<Position> find(Hash hash) {
    return Optional.ofNullable(places.get(hash));
  }

  /** Ends once everything was taken in, or at once when the database is out of reach. */
  @Override
  public void close() {
    closing = true;
    wakeAll();
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (var effects = next(); !effects.isEmpty(); effects = next()) {
        if (!takeIn(effects)) {
          return;
        }
      }
    } catch (RuntimeException | Error bug) {
      // The blocks are durable without the tables, which are brought up at the next start.
      LOG.error("The tables of state and of transactions cannot be written", bug);
      failure = bug;
      wakeAll();
    } finally {
      disconnect();
    }
  }

  private void wakeAll() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What has gathered; empty when it is time to end. */
  private List<BlockEffect> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closing) {
        changed.awaitUninterruptibly();
      }
      long nanos = GATHERING.toNanos();
      while (nanos > 0 && !closing && places.size() < MOST_WAITING / 2) {
        nanos = changed.awaitNanos(nanos);
      }
      var gathered = waiting;
      waiting = new ArrayList<>();
      return gathered;
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("nobody interrupts this thread", impossible);
    } finally {
      lock.unlock();
    }
  }

  /** Answers false when it was told to end while the database was out of reach. */
  private boolean takeIn(List<BlockEffect> effects) {
    var left = effects;
    while (!left.isEmpty()) {
      try {
        var tables = new StateTables(connected(), this::rest);
        if (tables.takeIn(height, left)) {
          height = left.getLast().height();
        } else {
          // An earlier attempt of ours came through although its answer did not.
          height = tables.height();
        }
        long done = height;
        left = left.stream().filter(effect -> effect.height() > done).toList();
      } catch (StoreException lost) {
        disconnect();
        if (closing) {
          return false;
        }
        LOG.warn("The tables of state wait for the database: {}", lost.toString());
        LockSupport.parkNanos(RECONNECT_PAUSE.toNanos());
      }
    }
    effects.forEach(effect -> effect.transactions().forEach(places::remove));
    wakeAll();
    return true;
  }

  private void rest() {
    if (!closing) {
      LockSupport.parkNanos(REST.toNanos());
    }
  }

  private PgConnection connected() throws StoreException {
    var open = connection;
    if (open == null) {
      open = ChainStore.connect(database, channel);
      connection = open;
    }
    return open;
  }

  private void disconnect() {
    var open = connection;
    if (open != null) {
      open.close();
      connection = null;
    }
  }
}
