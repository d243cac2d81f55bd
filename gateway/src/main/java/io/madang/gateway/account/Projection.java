package io.madang.gateway.account;

import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedBlock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Reads final blocks into tables. The last height is stored in the same transaction as what was
 * read, so every block is read exactly once, also over restarts; a slow database makes it lag and
 * slows no payment.
 */
public final class Projection implements Engine.BlockListener {
  private final Sql sql;
  private final Movements movements;
  private final List<Reader> readers;
  private final Map<Long, Promise<Void>> waiting = new ConcurrentSkipListMap<>();
  private volatile long lastHeight;
  private volatile Future<?> working = Future.succeededFuture();

  /** Reads something out of movements. */
  public interface Reader {
    /**
     * Stores what follows from new blocks, within the transaction.
     *
     * @param movements what those blocks moved
     */
    Future<?> read(SqlConnection connection, List<RecordedBlock> blocks, List<Movement> movements);

    /** The transaction is durable: others may be told. */
    default void told(List<RecordedBlock> blocks, List<Movement> movements) {}
  }

  /** Reads movements and then everything else. */
  public Projection(Sql sql, Movements movements, List<Reader> readers) {
    this.sql = sql;
    this.movements = movements;
    this.readers = List.copyOf(readers);
  }

  /** The last height that was read. */
  public Future<Long> height() {
    return sql.run("SELECT height FROM ops.projection WHERE name = 'movements'")
        .map(
            rows -> {
              lastHeight = rows.iterator().next().getLong("height");
              return lastHeight;
            });
  }

  /** The last height that this process knows to be read. */
  public long lastHeight() {
    return lastHeight;
  }

  /** Completes once this height was read. */
  public Future<Void> reached(long height) {
    var promise = waiting.computeIfAbsent(height, _ -> Promise.promise());
    wake();
    return promise.future();
  }

  /** Completes, however it ends, when what was begun to be read is read. */
  public Future<Void> idle() {
    return working.transform(_ -> Future.succeededFuture());
  }

  private void wake() {
    waiting
        .entrySet()
        .removeIf(
            entry -> {
              if (entry.getKey() > lastHeight) return false;
              entry.getValue().tryComplete();
              return true;
            });
  }

  /** Forgets what was read, so that it is read again from the first block. */
  public Future<?> forget() {
    return sql.transaction(
        connection ->
            Sql.run(connection, "TRUNCATE ops.movement")
                .compose(
                    _ ->
                        Sql.run(
                            connection,
                            "UPDATE ops.projection SET height = 0 WHERE name = 'movements'")));
  }

  @Override
  public Future<?> accept(List<RecordedBlock> blocks) {
    var found = new ArrayList<Movement>();
    for (var block : blocks) {
      for (var transaction : block.transactions()) {
        Movement.of(transaction).ifPresent(found::add);
      }
    }
    long before = blocks.getFirst().height() - 1;
    long height = blocks.getLast().height();
    working =
        sql.transaction(connection -> store(connection, before, blocks, found))
            .onSuccess(
                _ -> {
                  lastHeight = height;
                  readers.forEach(reader -> reader.told(blocks, found));
                  wake();
                });
    return working;
  }

  private Future<?> store(
      SqlConnection connection, long before, List<RecordedBlock> blocks, List<Movement> found) {
    // A crash may lose the last of these transactions, each with its cursor, and the blocks are
    // then read again. Waiting for the disk here would only make payments wait behind it.
    return Sql.run(connection, "SET LOCAL synchronous_commit TO off")
        .compose(_ -> lockCursor(connection))
        .compose(
            read -> {
              if (read < before) {
                throw new IllegalStateException(
                    "block %d does not follow %d, the last that was read"
                        .formatted(before + 1, read));
              }
              // Some are stored already when the answer to their commit was lost.
              var fresh =
                  found.stream().filter(movement -> movement.position().height() > read).toList();
              var next = blocks.stream().filter(block -> block.height() > read).toList();
              Future<?> stored =
                  movements
                      .add(connection, fresh)
                      .compose(
                          _ -> moveCursor(connection, Math.max(read, blocks.getLast().height())));
              for (var reader : readers) {
                stored = stored.compose(_ -> reader.read(connection, next, fresh));
              }
              return stored;
            });
  }

  private static Future<Long> lockCursor(SqlConnection connection) {
    return Sql.run(
            connection, "SELECT height FROM ops.projection WHERE name = 'movements' FOR UPDATE")
        .map(rows -> rows.iterator().next().getLong("height"));
  }

  private static Future<?> moveCursor(SqlConnection connection, long height) {
    return Sql.run(
        connection, "UPDATE ops.projection SET height = $1 WHERE name = 'movements'", height);
  }
}
