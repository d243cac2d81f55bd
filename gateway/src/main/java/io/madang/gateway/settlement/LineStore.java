package io.madang.gateway.settlement;

import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.payment.settlement.StatementLine;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Lines of statements in the database, in chunks of {@value #CHUNK}. */
final class LineStore {
  static final int CHUNK = 128;

  /** How much waits in memory before it is written. */
  private static final int CHUNKS_AT_ONCE = 256;

  private static final int BATCHES_AT_ONCE = 2;
  private static final int SECONDS = 60;

  private final Sql sql;

  LineStore(Sql sql) {
    this.sql = sql;
  }

  /** A merchant's lines from an index on, in order. */
  Future<List<StatementLine>> read(
      AccountId account, AssetCode asset, LocalDate day, long fromIndex, int limit) {
    return sql.run(
            "SELECT first_index, lines FROM ops.settlement_lines WHERE account = $1 AND asset = $2"
                + " AND day = $3 AND first_index BETWEEN $4 AND $5 ORDER BY first_index",
            Columns.of(account),
            asset.value(),
            day,
            fromIndex - fromIndex % CHUNK,
            fromIndex + limit)
        .map(
            rows -> {
              var lines = new ArrayList<StatementLine>();
              for (var row : rows) {
                lines.addAll(
                    PackedLines.read(
                        row.getBuffer("lines").getBytes(),
                        account,
                        asset,
                        row.getLong("first_index")));
              }
              return lines.stream().filter(line -> line.index() >= fromIndex).limit(limit).toList();
            });
  }

  /**
   * Begins to write a day's lines; what an interrupted computation left is removed. For a thread
   * that may wait.
   */
  Writing write(AssetCode asset, LocalDate day) {
    sql.longTransaction(
            SECONDS,
            connection ->
                Sql.run(
                    connection,
                    "DELETE FROM ops.settlement_lines WHERE asset = $1 AND day = $2",
                    asset.value(),
                    day))
        .await();
    return new Writing(asset, day);
  }

  /**
   * The lines of a day on their way to the database. Used by one thread, which may wait, and closed
   * in any case: nothing may come to the database after whoever tries again has begun.
   */
  final class Writing implements AutoCloseable {
    private final AssetCode asset;
    private final LocalDate day;
    private final Map<AccountId, PackedLines> open = new HashMap<>();
    private final Map<AccountId, Long> written = new HashMap<>();
    private List<Chunk> full = new ArrayList<>();
    private final Queue<Future<?>> onTheirWay = new ArrayDeque<>();

    private record Chunk(AccountId account, long firstIndex, byte[] lines) {}

    private Writing(AssetCode asset, LocalDate day) {
      this.asset = asset;
      this.day = day;
    }

    void add(StatementLine line) {
      var account = line.posting().account();
      var lines = open.computeIfAbsent(account, _ -> new PackedLines());
      lines.add(line);
      if (lines.count() == CHUNK) {
        open.remove(account);
        close(account, lines);
      }
    }

    void finish() {
      for (var each = open.entrySet().iterator(); each.hasNext(); ) {
        var entry = each.next();
        each.remove();
        close(entry.getKey(), entry.getValue());
      }
      flush();
      while (!onTheirWay.isEmpty()) onTheirWay.remove().await();
    }

    @Override
    public void close() {
      while (!onTheirWay.isEmpty()) {
        onTheirWay.remove().recover(_ -> Future.succeededFuture()).await();
      }
    }

    private void close(AccountId account, PackedLines lines) {
      long first = written.getOrDefault(account, 0L);
      written.put(account, first + lines.count());
      full.add(new Chunk(account, first, lines.bytes()));
      if (full.size() == CHUNKS_AT_ONCE) {
        flush();
      }
    }

    /** Some batches are on their way while the next is gathered, never more. */
    private void flush() {
      if (full.isEmpty()) return;
      var batch = full;
      full = new ArrayList<>();
      if (onTheirWay.size() == BATCHES_AT_ONCE) onTheirWay.remove().await();
      onTheirWay.add(
          sql.longTransaction(
              SECONDS,
              connection ->
                  Sql.run(
                      connection,
                      "INSERT INTO ops.settlement_lines (asset, day, account, first_index, lines)"
                          + " SELECT $1, $2, * FROM unnest($3::bytea[], $4::bigint[], $5::bytea[])",
                      asset.value(),
                      day,
                      batch.stream()
                          .map(chunk -> Columns.of(chunk.account()))
                          .toArray(Buffer[]::new),
                      batch.stream().map(Chunk::firstIndex).toArray(Long[]::new),
                      batch.stream()
                          .map(chunk -> Buffer.buffer(chunk.lines()))
                          .toArray(Buffer[]::new))));
    }
  }
}
