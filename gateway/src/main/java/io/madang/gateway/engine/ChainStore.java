package io.madang.gateway.engine;

import io.madang.chain.ChainApplication.StateRow;
import io.madang.chain.Hash;
import io.madang.gateway.database.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The engine's tables as the one who writes them sees them: a single connection that holds the
 * database's engine lock, so that losing the connection and losing the right to write are the same
 * thing. Blocking: used by the sequencer's thread only.
 */
final class ChainStore implements AutoCloseable {
  /** A statement that takes longer has an outcome that we do not know. */
  private static final long STATEMENT_SECONDS = 30;

  private static final int ROWS_AT_ONCE = 2_000;

  /** Blocks whose effect is taken in at once when the engine starts. */
  private static final int BLOCKS_AT_ONCE = 500;

  /** One statement is one transaction: all of a block becomes durable, or nothing. */
  private static final String WRITE_BLOCK =
      """
      WITH the_block AS (
        INSERT INTO block
          (height, time_millis, hash, block, results, commit, state_hash, checksum)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ), the_changes AS (
        INSERT INTO change (height, rows) VALUES ($1, $9)
      )
      UPDATE standing SET height = $1, state_hash = $7 WHERE height = $1 - 1
      """;

  private static final String BLOCKS =
      """
      SELECT height, time_millis, hash, block, results, commit, state_hash, checksum
      FROM block WHERE height BETWEEN $1 AND $2 ORDER BY height
      """;

  private static final String CHANGES =
      """
      SELECT height, time_millis, hash, block, results, commit, state_hash, checksum, rows
      FROM block LEFT JOIN change USING (height)
      WHERE height BETWEEN $1 AND $2 ORDER BY height
      """;

  private static final String ROWS =
      "SELECT table_number, slot, row FROM state ORDER BY table_number, slot";

  private static final String KNOWN_TRANSACTIONS =
      """
      SELECT count(*) FROM unnest($1::bigint[]) WITH ORDINALITY AS t (start, number)
      JOIN transaction x
        ON x.hash_start = t.start AND x.height = $2 AND x.index_in_block = t.number - 1
      """;

  /** What is stored about where the chain stands. */
  record StoredStanding(long height, Hash stateHash) {}

  /** A second engine tried to use a database that already has one. */
  static final class LockedException extends Exception {
    LockedException(String message) {
      super(message);
    }
  }

  private final PgConnection connection;
  private volatile boolean open = true;

  private ChainStore(PgConnection connection) {
    this.connection = connection;
  }

  /**
   * Connects and takes the engine lock.
   *
   * @param whenLost run once, on any thread, when the connection ends
   * @throws LockedException when another engine has it
   * @throws StoreException when the database cannot be reached
   */
  static ChainStore open(Database database, Channel channel, Runnable whenLost)
      throws LockedException, StoreException {
    var store = new ChainStore(connect(database, channel));
    store.connection.closeHandler(
        closed -> {
          store.open = false;
          whenLost.run();
        });
    var lock =
        await(
            store
                .connection
                .preparedQuery("SELECT pg_try_advisory_lock($1)")
                .execute(Tuple.of(channel.lock())));
    if (!lock.iterator().next().getBoolean(0)) {
      store.close();
      throw new LockedException(
          "Another engine works on %s in the database %s"
              .formatted(channel.words(), database.address()));
    }
    return store;
  }

  /** A connection for the engine's statements, which name a channel's tables without its schema. */
  static PgConnection connect(Database database, Channel channel) throws StoreException {
    var connection = await(database.connect(channel.schema()));
    // Left to itself, PostgreSQL plans each statement anew because its arrays have other lengths,
    // and looks through the whole state for the rows to clear.
    await(connection.query("SET plan_cache_mode TO force_generic_plan").execute());
    return connection;
  }

  /** Whether the connection, and with it the lock, is still held as far as we know. */
  boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    connection.close();
  }

  /** The genesis document, if a chain was begun. */
  Optional<byte[]> genesis() throws StoreException {
    var rows = await(connection.query("SELECT document, checksum FROM genesis").execute());
    if (rows.size() == 0) {
      return Optional.empty();
    }
    var row = rows.iterator().next();
    var document = bytes(row, "document");
    if (!Hash.sha256(document).equals(hash(row, "checksum"))) {
      throw new CorruptChainException(0, "the genesis document does not match its checksum");
    }
    return Optional.of(document);
  }

  /** Where the chain stands, if one was begun. */
  Optional<StoredStanding> standing() throws StoreException {
    var rows = await(connection.query("SELECT height, state_hash FROM standing").execute());
    if (rows.size() == 0) {
      return Optional.empty();
    }
    var row = rows.iterator().next();
    return Optional.of(new StoredStanding(row.getLong("height"), hash(row, "state_hash")));
  }

  /** Begins a chain: genesis, first state rows, height 0. */
  void begin(byte[] genesis, Hash stateHash, List<StateRow> rows) throws StoreException {
    var transaction = await(connection.begin());
    await(
        connection
            .preparedQuery("INSERT INTO genesis (document, checksum) VALUES ($1, $2)")
            .execute(
                Tuple.of(Buffer.buffer(genesis), Buffer.buffer(Hash.sha256(genesis).bytes()))));
    new StateTables(connection, () -> {}).put(rows);
    await(connection.query("INSERT INTO taken_in (height) VALUES (0)").execute());
    await(
        connection
            .preparedQuery("INSERT INTO standing (height, state_hash) VALUES (0, $1)")
            .execute(Tuple.of(Buffer.buffer(stateHash.bytes()))));
    await(transaction.commit());
  }

  /**
   * Makes a block and its effect durable.
   *
   * @throws StoreException when it cannot be known whether it is durable
   */
  void write(StoredBlock block, List<StateRow> rows) throws StoreException {
    var values =
        List.<Object>of(
            block.height(),
            block.timeMillis(),
            Buffer.buffer(block.hash().bytes()),
            Buffer.buffer(block.block()),
            block.results().stream().map(Buffer::buffer).toArray(Buffer[]::new),
            Buffer.buffer(block.commit()),
            Buffer.buffer(block.stateHash().bytes()),
            Buffer.buffer(block.checksum().bytes()),
            Buffer.buffer(ChangedRows.encode(rows)));
    var written = await(connection.preparedQuery(WRITE_BLOCK).execute(Tuple.wrap(values)));
    if (written.rowCount() != 1) {
      // The insert went through, so this cannot be: the standing and the blocks disagree.
      throw new CorruptChainException(block.height(), "the stored standing is not one block back");
    }
  }

  /**
   * Brings the tables of state and of transactions up to this height, after an end that left them
   * behind.
   */
  void takeIn(long height) throws StoreException {
    var tables = new StateTables(connection, () -> {});
    for (long at = tables.height(); at != height; at = tables.height()) {
      if (at > height) {
        throw new CorruptChainException(height, "the tables of state are ahead of the blocks");
      }
      tables.takeIn(at, effects(at + 1, Math.min(height, at + BLOCKS_AT_ONCE)));
    }
  }

  private List<BlockEffect> effects(long from, long to) throws StoreException {
    var effects = new ArrayList<BlockEffect>();
    for (var row : await(connection.preparedQuery(CHANGES).execute(Tuple.of(from, to)))) {
      long height = row.getLong("height");
      if (row.getBuffer("rows") == null || height != from + effects.size()) {
        throw new CorruptChainException(from + effects.size(), "what the block changed is missing");
      }
      var rows = ChangedRows.decode(height, bytes(row, "rows"));
      effects.add(new BlockEffect(height, BlockReader.transactionHashes(checked(row)), rows));
    }
    if (effects.size() != to - from + 1) {
      throw new CorruptChainException(from + effects.size(), "what the block changed is missing");
    }
    return effects;
  }

  /** The blocks of these heights, both included, in order; absent ones are left out. */
  List<StoredBlock> blocks(long from, long to) throws StoreException {
    var blocks = new ArrayList<StoredBlock>();
    for (var row : await(connection.preparedQuery(BLOCKS).execute(Tuple.of(from, to)))) {
      blocks.add(checked(row));
    }
    return blocks;
  }

  /** Whether the index knows where each of these transactions of a block is. */
  boolean knows(long height, List<Hash> transactions) throws StoreException {
    var values = List.<Object>of(starts(transactions), height);
    var rows = await(connection.preparedQuery(KNOWN_TRANSACTIONS).execute(Tuple.wrap(values)));
    return rows.iterator().next().getLong(0) == transactions.size();
  }

  /** The greatest height of which a block is stored, 0 for none. */
  long greatestHeight() throws StoreException {
    var rows = await(connection.query("SELECT coalesce(max(height), 0) FROM block").execute());
    return rows.iterator().next().getLong(0);
  }

  /**
   * Every row of state, by table and slot. Read piece by piece from one cursor, so that the server
   * passes over the table, and over the dead rows that a busy time left in it, only once.
   *
   * @return a stream to be closed before this connection is used for anything else
   */
  Stream<StateRow> rows() throws StoreException {
    var transaction = await(connection.begin());
    var cursor = await(connection.prepare(ROWS)).cursor();
    return Stream.iterate(
            nextRows(cursor),
            rows -> !rows.isEmpty(),
            rows -> cursor.hasMore() ? nextRows(cursor) : List.of())
        .flatMap(List::stream)
        .onClose(
            () -> {
              try {
                await(cursor.close());
                await(transaction.commit());
              } catch (StoreException lost) {
                throw new StoreException.Unchecked(lost);
              }
            });
  }

  private static List<StateRow> nextRows(Cursor cursor) {
    try {
      var rows = new ArrayList<StateRow>();
      for (var row : await(cursor.read(ROWS_AT_ONCE))) {
        rows.add(
            new StateRow(
                row.getInteger("table_number"),
                row.getLong("slot"),
                Optional.of(bytes(row, "row"))));
      }
      return rows;
    } catch (StoreException lost) {
      throw new StoreException.Unchecked(lost);
    }
  }

  /** The block in a row of {@code block}, compared with its checksum. */
  static StoredBlock checked(Row row) {
    long height = row.getLong("height");
    var block =
        new StoredBlock(
            height,
            row.getLong("time_millis"),
            hash(row, "hash"),
            bytes(row, "block"),
            Stream.of(row.getArrayOfBuffers("results")).map(Buffer::getBytes).toList(),
            bytes(row, "commit"),
            hash(row, "state_hash"));
    if (!block.checksum().equals(hash(row, "checksum"))) {
      throw new CorruptChainException(height, "the stored block does not match its checksum");
    }
    return block;
  }

  /** What a transaction is found by in the index. */
  static long start(Hash hash) {
    return ByteBuffer.wrap(hash.bytes()).getLong();
  }

  private static Long[] starts(List<Hash> transactions) {
    return transactions.stream().map(ChainStore::start).toArray(Long[]::new);
  }

  private static byte[] bytes(Row row, String column) {
    return row.getBuffer(column).getBytes();
  }

  private static Hash hash(Row row, String column) {
    var bytes = bytes(row, column);
    if (bytes.length != Hash.LENGTH) {
      throw new CorruptChainException(
          row.getColumnIndex("height") < 0 ? 0 : row.getLong("height"),
          "the column " + column + " is no hash");
    }
    return Hash.of(bytes);
  }

  /** Waits for an answer. */
  static <T> T await(Future<T> answer) throws StoreException {
    try {
      return answer.await(STATEMENT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new StoreException("The database does not answer", late);
    } catch (CorruptChainException corrupt) {
      throw corrupt;
    } catch (PgException refused) {
      if (isOurFault(refused)) {
        throw new IllegalStateException("The database refused a statement", refused);
      }
      throw new StoreException("The database cannot work now", refused);
    } catch (Exception failed) {
      // await throws whatever the future failed with, also checked exceptions.
      throw new StoreException("The database cannot be reached", failed);
    }
  }

  /**
   * Whether the server refused what was asked, so that asking again gives the same. The other
   * classes of SQLSTATE tell of the server's own troubles: connection (08), read-only (25),
   * password or role while it starts (28), conflict (40), resources (53, 54, 55), intervention
   * (57), system (58).
   */
  private static boolean isOurFault(PgException refused) {
    var state = refused.getSqlState();
    return state != null
        && List.of("21", "22", "23", "42")
            .contains(state.substring(0, Math.min(2, state.length())));
  }
}
