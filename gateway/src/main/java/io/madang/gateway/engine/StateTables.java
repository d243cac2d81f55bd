package io.madang.gateway.engine;

import io.madang.chain.ChainApplication.StateRow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The tables of state and of transactions, which follow the blocks: each time they take in the
 * effect of many blocks in one database transaction, so that a row which many blocks changed is
 * written once. They are never ahead of the blocks, and two who try to take in the same blocks do
 * not disturb each other: the later one finds that it is done.
 */
final class StateTables {
  /** Rows in one statement: some milliseconds of work, so that blocks are not kept waiting. */
  private static final int ROWS_AT_ONCE = 500;

  private static final String MOVE = "UPDATE taken_in SET height = $2 WHERE height = $1";

  private static final String CLEAR =
      """
      DELETE FROM state AS s
      USING unnest($1::integer[], $2::bigint[]) AS gone (table_number, slot)
      WHERE s.table_number = gone.table_number AND s.slot = gone.slot
      """;

  private static final String PUT =
      """
      INSERT INTO state (table_number, slot, row)
      SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bytea[])
      ON CONFLICT (table_number, slot) DO UPDATE SET row = excluded.row
      """;

  private static final String INDEX =
      """
      INSERT INTO transaction (hash_start, height, index_in_block)
      SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::integer[])
      """;

  private static final Comparator<StateRow> BY_PLACE =
      Comparator.comparingInt(StateRow::table).thenComparingLong(StateRow::slot);

  private final PgConnection connection;
  private final Runnable betweenStatements;

  /** Where a transaction is, by the first 8 bytes of its hash. */
  private record Place(long hashStart, long height, int index) {}

  /**
   * The tables on a connection.
   *
   * @param betweenStatements run after each statement
   */
  StateTables(PgConnection connection, Runnable betweenStatements) {
    this.connection = connection;
    this.betweenStatements = betweenStatements;
  }

  /** The last block that was taken in. */
  long height() throws StoreException {
    var rows = await(connection.query("SELECT height FROM taken_in").execute());
    return rows.iterator().next().getLong(0);
  }

  /**
   * Takes in what follows the given height, or nothing when the tables are not at that height.
   *
   * @param effects of the next blocks, without a gap
   * @return whether they were taken in
   */
  boolean takeIn(long from, List<BlockEffect> effects) throws StoreException {
    long to = effects.getLast().height();
    var transaction = await(connection.begin());
    // If a crash takes this transaction back, the changes it would have deleted are still there.
    await(connection.query("SET LOCAL synchronous_commit TO off").execute());
    var moved = await(connection.preparedQuery(MOVE).execute(Tuple.of(from, to)));
    if (moved.rowCount() != 1) {
      await(transaction.rollback());
      return false;
    }
    var latest = new TreeMap<StateRow, StateRow>(BY_PLACE);
    effects.forEach(effect -> effect.rows().forEach(row -> latest.put(row, row)));
    clear(latest.values().stream().filter(row -> row.row().isEmpty()).toList());
    put(latest.values().stream().filter(row -> row.row().isPresent()).toList());
    index(places(effects));
    await(connection.preparedQuery("DELETE FROM change WHERE height <= $1").execute(Tuple.of(to)));
    await(transaction.commit());
    return true;
  }

  private void clear(List<StateRow> rows) throws StoreException {
    for (var some : inPieces(rows)) {
      run(CLEAR, List.of(tables(some), slots(some)));
    }
  }

  /** Writes rows, over what was there. */
  void put(List<StateRow> rows) throws StoreException {
    for (var some : inPieces(rows)) {
      var contents =
          some.stream().map(row -> Buffer.buffer(row.row().orElseThrow())).toArray(Buffer[]::new);
      run(PUT, List.of(tables(some), slots(some), contents));
    }
  }

  private static List<Place> places(List<BlockEffect> effects) {
    var places = new ArrayList<Place>();
    for (var effect : effects) {
      for (int i = 0; i < effect.transactions().size(); i++) {
        var start = ChainStore.start(effect.transactions().get(i));
        places.add(new Place(start, effect.height(), i));
      }
    }
    // In the order of the index, neighbours are written to the same page.
    places.sort(Comparator.comparingLong(Place::hashStart));
    return places;
  }

  private void index(List<Place> places) throws StoreException {
    for (var some : inPieces(places)) {
      run(
          INDEX,
          List.of(
              some.stream().map(Place::hashStart).toArray(Long[]::new),
              some.stream().map(Place::height).toArray(Long[]::new),
              some.stream().map(Place::index).toArray(Integer[]::new)));
    }
  }

  private void run(String statement, List<Object> columns) throws StoreException {
    await(connection.preparedQuery(statement).execute(Tuple.wrap(columns)));
    betweenStatements.run();
  }

  private static <R> List<List<R>> inPieces(List<R> rows) {
    var pieces = new ArrayList<List<R>>();
    for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
      pieces.add(rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE)));
    }
    return pieces;
  }

  private static Integer[] tables(List<StateRow> rows) {
    return rows.stream().map(StateRow::table).toArray(Integer[]::new);
  }

  private static Long[] slots(List<StateRow> rows) {
    return rows.stream().map(StateRow::slot).toArray(Long[]::new);
  }

  private static <T> T await(Future<T> answer) throws StoreException {
    return ChainStore.await(answer);
  }
}
