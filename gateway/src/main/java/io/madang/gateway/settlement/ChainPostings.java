package io.madang.gateway.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.TransactionResult;
import io.madang.gateway.database.Sql;
import io.madang.payment.settlement.Posting;
import io.madang.payment.settlement.Postings;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads postings out of the chain's stored results, page by page, without the transactions
 * themselves: a day of a million payments passes through a few megabytes. For a thread that may
 * wait.
 */
final class ChainPostings {
  private static final int BLOCKS_AT_ONCE = 32;
  private static final String PAGE =
      "SELECT height, time_millis, results FROM chain.block"
          + " WHERE height > $1 AND height <= $2 ORDER BY height LIMIT "
          + BLOCKS_AT_ONCE;

  private final Sql sql;

  ChainPostings(Sql sql) {
    this.sql = sql;
  }

  /**
   * Hands over the postings of a time in the chain's order, some blocks at once.
   *
   * @param afterHeight the last block that lies before the time, or any before it
   * @param toHeight the last block that is looked at
   * @return the last block before the time's end
   */
  long read(
      long afterHeight,
      long toHeight,
      long fromMillis,
      long beforeMillis,
      Consumer<List<Posting>> page) {
    long last = afterHeight;
    var next = page(last, toHeight);
    while (true) {
      var rows = next.await();
      if (rows.size() == 0) return last;
      long height = height(rows);
      // The database works on the next page while this one is worked off.
      next = page(height, toHeight);
      var postings = new ArrayList<Posting>();
      for (var row : rows) {
        if (row.getLong("time_millis") >= beforeMillis) {
          page.accept(postings);
          return last;
        }
        last = row.getLong("height");
        if (row.getLong("time_millis") >= fromMillis) add(row, postings);
      }
      page.accept(postings);
    }
  }

  private Future<RowSet<Row>> page(long afterHeight, long toHeight) {
    return sql.run(PAGE, afterHeight, toHeight);
  }

  private static long height(RowSet<Row> rows) {
    long height = 0;
    for (var row : rows) {
      height = row.getLong("height");
    }
    return height;
  }

  private static void add(Row row, List<Posting> postings) {
    long height = row.getLong("height");
    long timeMillis = row.getLong("time_millis");
    int index = 0;
    for (var encoded : row.getArrayOfBuffers("results")) {
      var position = new Position(height, index++);
      var result =
          TransactionResult.decode(encoded.getBytes())
              .orElseThrow(() -> new IllegalStateException("no result at " + position));
      if (result.code() == 0) {
        postings.addAll(Postings.of(position, timeMillis, result.data()));
      }
    }
  }

  /** The time of a block, if there is one. */
  OptionalLong timeMillis(long height) {
    var rows = sql.run("SELECT time_millis FROM chain.block WHERE height = $1", height).await();
    return rows.size() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(rows.iterator().next().getLong(0));
  }
}
