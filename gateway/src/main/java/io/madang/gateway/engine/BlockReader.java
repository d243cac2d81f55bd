package io.madang.gateway.engine;

import io.madang.chain.Block;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.TransactionResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads durable blocks for everyone but the sequencer. Each one read is checked. */
final class BlockReader {
  private static final String BLOCKS =
      """
      SELECT height, time_millis, hash, block, results, commit, state_hash, checksum
      FROM block WHERE height BETWEEN $1 AND $2 ORDER BY height
      """;

  /** What an answer with results shall hold, about: some 600 kB. */
  private static final int RESULTS_AT_ONCE = 2_000;

  /** Full ones may come first: one holds thousands of results. */
  private static final int FIRST_BLOCKS = 4;

  private static final int MOST_BLOCKS_AT_ONCE = 256;

  private static final String SUMMARIES =
      """
      SELECT height, time_millis, hash, state_hash, cardinality(results) AS transactions
      FROM block WHERE height < $1 ORDER BY height DESC LIMIT $2
      """;

  private final Vertx vertx;
  private final Pool pool;
  private final Function<Hash, Optional<Position>> recent;

  /**
   * A reader of a database.
   *
   * @param recent finds the transactions that the table of transactions does not have yet
   */
  BlockReader(Vertx vertx, Pool pool, Function<Hash, Optional<Position>> recent) {
    this.vertx = vertx;
    this.pool = pool;
    this.recent = recent;
  }

  /** The stored blocks of these heights, both included, in order. */
  Future<List<StoredBlock>> stored(long from, long to) {
    return pool.preparedQuery(BLOCKS)
        .execute(Tuple.of(from, to))
        .map(rows -> stream(rows).map(ChainStore::checked).toList());
  }

  /** The blocks of these heights with their transactions read, on a worker thread. */
  Future<List<RecordedBlock>> recorded(long from, long to) {
    return stored(from, to)
        .compose(
            blocks ->
                vertx.executeBlocking(
                    () -> blocks.stream().map(BlockReader::read).toList(), /* ordered= */ false));
  }

  Future<List<BlockSummary>> summaries(long before, int limit) {
    return pool.preparedQuery(SUMMARIES)
        .execute(Tuple.of(before, limit))
        .map(
            rows ->
                stream(rows)
                    .map(
                        row ->
                            new BlockSummary(
                                row.getLong("height"),
                                row.getLong("time_millis"),
                                Hash.of(row.getBuffer("hash").getBytes()),
                                Hash.of(row.getBuffer("state_hash").getBytes()),
                                row.getInteger("transactions")))
                    .toList());
  }

  /**
   * Headers and results just below a height, newest first: so many blocks, or as many as hold about
   * {@link #RESULTS_AT_ONCE} results, at least one if there is any.
   */
  Future<List<BlockResults>> results(long below, int limit) {
    return moreResults(new ArrayList<>(), below, limit, FIRST_BLOCKS);
  }

  /** Some more blocks at once; how many are wise is seen from those before. */
  private Future<List<BlockResults>> moreResults(
      List<BlockResults> found, long below, int limit, int blocks) {
    long from = Math.max(1, below - Math.min(blocks, limit - found.size()));
    return resultsOf(from, below - 1)
        .compose(
            some -> {
              found.addAll(some);
              int results = found.stream().mapToInt(block -> block.results().size()).sum();
              if (some.isEmpty()
                  || from == 1
                  || found.size() >= limit
                  || results >= RESULTS_AT_ONCE) {
                return Future.succeededFuture(List.copyOf(found));
              }
              long fitting =
                  (long) (RESULTS_AT_ONCE - results) * found.size() / Math.max(1, results);
              return moreResults(found, from, limit, Math.clamp(fitting, 1, MOST_BLOCKS_AT_ONCE));
            });
  }

  private Future<List<BlockResults>> resultsOf(long from, long to) {
    return stored(from, to)
        .compose(
            blocks ->
                vertx.executeBlocking(
                    () -> blocks.reversed().stream().map(BlockReader::resultsOf).toList(),
                    /* ordered= */ false));
  }

  private static BlockResults resultsOf(StoredBlock stored) {
    return new BlockResults(block(stored).header(), results(stored));
  }

  /** The time of a block. */
  Future<Long> timeMillis(long height) {
    return pool.preparedQuery("SELECT time_millis FROM block WHERE height = $1")
        .execute(Tuple.of(height))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** Where the transaction of this hash is; the index alone may name several. */
  Future<Optional<Position>> find(Hash hash) {
    var position = recent.apply(hash);
    if (position.isPresent()) {
      return Future.succeededFuture(position);
    }
    return pool.preparedQuery(
            "SELECT height, index_in_block FROM transaction WHERE hash_start = $1")
        .execute(Tuple.of(ChainStore.start(hash)))
        .map(
            rows ->
                stream(rows).map(row -> new Position(row.getLong(0), row.getInteger(1))).toList())
        .compose(positions -> confirm(hash, positions));
  }

  private Future<Optional<Position>> confirm(Hash hash, List<Position> positions) {
    if (positions.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    var first = positions.getFirst();
    return stored(first.height(), first.height())
        .compose(
            blocks -> {
              boolean same =
                  !blocks.isEmpty()
                      && hash.equals(transactionHash(blocks.getFirst(), first.index()));
              return same
                  ? Future.succeededFuture(Optional.of(first))
                  : confirm(hash, positions.subList(1, positions.size()));
            });
  }

  private static Hash transactionHash(StoredBlock stored, int index) {
    return Hash.sha256(block(stored).transactions().get(index).toByteArray());
  }

  /** The hash of each transaction of a stored block, in order. */
  static List<Hash> transactionHashes(StoredBlock stored) {
    return block(stored).transactions().stream()
        .map(bytes -> Hash.sha256(bytes.toByteArray()))
        .toList();
  }

  /** The block inside a stored one. */
  static Block block(StoredBlock stored) {
    return Block.decode(stored.block())
        .orElseThrow(
            () -> new CorruptChainException(stored.height(), "the stored bytes are no block"));
  }

  /** The results of a stored block. */
  static List<TransactionResult> results(StoredBlock stored) {
    var results = new ArrayList<TransactionResult>(stored.results().size());
    for (var bytes : stored.results()) {
      results.add(
          TransactionResult.decode(bytes)
              .orElseThrow(
                  () ->
                      new CorruptChainException(
                          stored.height(), "the stored bytes are no result")));
    }
    return results;
  }

  /** A stored block with its transactions read. */
  static RecordedBlock read(StoredBlock stored) {
    var block = block(stored);
    var results = results(stored);
    var transactions = new ArrayList<RecordedTransaction>(results.size());
    for (int i = 0; i < results.size(); i++) {
      var bytes = block.transactions().get(i).toByteArray();
      if (!(StatementReader.read(bytes) instanceof StatementReading.Read(var statement))) {
        throw new CorruptChainException(stored.height(), "transaction " + i + " is no statement");
      }
      transactions.add(
          new RecordedTransaction(
              new Position(stored.height(), i),
              stored.timeMillis(),
              Hash.sha256(bytes),
              statement,
              results.get(i)));
    }
    return new RecordedBlock(
        stored.height(),
        stored.timeMillis(),
        stored.hash(),
        block.header().encode(),
        stored.commit(),
        transactions);
  }

  private static Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), /* parallel= */ false);
  }
}
