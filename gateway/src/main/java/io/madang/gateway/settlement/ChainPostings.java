package io.madang.gateway.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.TransactionResult;
import io.madang.gateway.database.Sql;
import io.madang.ledger.AccountId;
import io.madang.payment.settlement.Posting;
import io.madang.payment.settlement.Postings;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads postings out of the chain's stored results, page by page, without the transactions
 * themselves: a day of a million payments passes through a few megabytes. While one page is worked
 * off, the next ones are read and decoded. For a thread that may wait.
 */
final class ChainPostings {
  /** What a page shall hold, about; how many blocks that takes is seen from the page before. */
  private static final int RESULTS = 5_000;

  private static final int MOST_BLOCKS = 1_024;
  private static final int FIRST_BLOCKS = 16;

  /** Pages that are being read or decoded. */
  private static final int AHEAD = 3;

  private static final String PAGE =
      "SELECT height, time_millis, results FROM chain.block"
          + " WHERE height > $1 AND height <= $2 ORDER BY height";

  private final Sql sql;
  private final Helpers helpers;

  ChainPostings(Sql sql, Helpers helpers) {
    this.sql = sql;
    this.helpers = helpers;
  }

  /**
   * Which postings are wanted.
   *
   * @param afterHeight the last block that lies before the time, or any before it
   * @param toHeight the last block that is looked at
   * @param accounts whose; others are left out
   */
  record Wanted(
      long afterHeight,
      long toHeight,
      long fromMillis,
      long beforeMillis,
      Predicate<AccountId> accounts) {}

  /**
   * The postings of some consecutive blocks.
   *
   * @param last the last of them that lies before the time's end
   * @param isEnd whether a later one was met
   */
  private record Page(int blocks, int results, long last, boolean isEnd, List<Posting> postings) {}

  /**
   * Hands over the postings of a time in the chain's order, some blocks at once.
   *
   * @return the last block before the time's end
   */
  long read(Wanted wanted, Consumer<List<Posting>> consumer) {
    var ahead = new ArrayDeque<Future<Page>>();
    long last = wanted.afterHeight();
    long asked = last;
    int blocks = FIRST_BLOCKS;
    while (true) {
      while (ahead.size() < AHEAD && asked < wanted.toHeight()) {
        long to = Math.min(wanted.toHeight(), asked + blocks);
        ahead.add(page(wanted, asked, to));
        asked = to;
      }
      if (ahead.isEmpty()) return last;
      var page = ahead.remove().await();
      consumer.accept(page.postings());
      last = Math.max(last, page.last());
      if (page.isEnd()) return last;
      blocks = blocksOf(page);
    }
  }

  /** How many blocks held as much as a page shall hold, were all like those of this page. */
  private static int blocksOf(Page page) {
    long many = (long) page.blocks() * RESULTS / Math.max(1, page.results());
    return Math.clamp(many, 1, MOST_BLOCKS);
  }

  private Future<Page> page(Wanted wanted, long after, long to) {
    return sql.run(PAGE, after, to).compose(rows -> helpers.run(() -> decode(wanted, rows)));
  }

  private static Page decode(Wanted wanted, RowSet<Row> rows) {
    var postings = new ArrayList<Posting>();
    int results = 0;
    long last = 0;
    for (var row : rows) {
      if (row.getLong("time_millis") >= wanted.beforeMillis()) {
        return new Page(rows.size(), results, last, /* isEnd= */ true, postings);
      }
      last = row.getLong("height");
      if (row.getLong("time_millis") >= wanted.fromMillis()) {
        results += add(row, wanted, postings);
      }
    }
    return new Page(rows.size(), results, last, /* isEnd= */ false, postings);
  }

  private static int add(Row row, Wanted wanted, List<Posting> postings) {
    long height = row.getLong("height");
    long timeMillis = row.getLong("time_millis");
    int index = 0;
    for (var encoded : row.getArrayOfBuffers("results")) {
      var position = new Position(height, index++);
      var result =
          TransactionResult.decode(encoded.getBytes())
              .orElseThrow(() -> new IllegalStateException("no result at " + position));
      if (result.code() != 0) continue;
      for (var posting : Postings.of(position, timeMillis, result.data())) {
        if (wanted.accounts().test(posting.account())) postings.add(posting);
      }
    }
    return index;
  }

  /** The time of a block, if there is one. */
  OptionalLong timeMillis(long height) {
    var rows = sql.run("SELECT time_millis FROM chain.block WHERE height = $1", height).await();
    return rows.size() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(rows.iterator().next().getLong(0));
  }
}
