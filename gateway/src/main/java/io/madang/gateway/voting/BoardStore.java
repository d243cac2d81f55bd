package io.madang.gateway.voting;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.RecordedTransaction;
import io.madang.voting.ElectionId;
import io.madang.voting.Tracker;
import io.madang.voting.chain.Purpose;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Where the events of each election stand in the blocks: an index that follows from the blocks. */
final class BoardStore {
  private static final String COLUMNS =
      "SELECT height, index_in_block, transaction, tracker FROM ops.board_event ";

  private final Sql sql;

  BoardStore(Sql sql) {
    this.sql = sql;
  }

  /** A transaction that stands in an election's archive. */
  record BoardEvent(
      ElectionId election,
      Purpose purpose,
      Position position,
      Hash transaction,
      Optional<Tracker> tracker) {
    static BoardEvent of(
        ElectionId election,
        Purpose purpose,
        RecordedTransaction recorded,
        Optional<Tracker> tracker) {
      return new BoardEvent(election, purpose, recorded.position(), recorded.hash(), tracker);
    }
  }

  /** A ballot on a board. */
  record BoardBallot(Position position, Hash transaction, Tracker tracker) {}

  Future<Long> height() {
    return sql.run("SELECT height FROM ops.projection WHERE name = 'board'")
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /**
   * Adds what new blocks brought, and moves the height that was read, in one transaction. The same
   * blocks again change nothing: the answer to the first time may have been lost.
   */
  Future<Void> add(
      List<BoardEvent> events,
      List<AttachedPosting> postings,
      List<ElectionAct> acts,
      long height) {
    return sql.transaction(
        connection ->
            // A crash may lose the last of these transactions; the blocks are then read again.
            Sql.run(connection, "SET LOCAL synchronous_commit TO off")
                .compose(_ -> insert(connection, events))
                .compose(_ -> AttachedPosting.insert(connection, postings))
                .compose(_ -> ElectionAct.insert(connection, acts))
                .compose(
                    _ ->
                        Sql.run(
                            connection,
                            "UPDATE ops.projection SET height = $1 WHERE name = 'board'",
                            height))
                .mapEmpty());
  }

  private static Future<?> insert(SqlConnection connection, List<BoardEvent> events) {
    if (events.isEmpty()) return Future.succeededFuture();
    var rows = new ArrayList<Tuple>();
    for (var event : events) {
      rows.add(
          Tuple.of(
              event.election().text(),
              event.position().height(),
              event.position().index(),
              event.purpose().toString(),
              Buffer.buffer(event.transaction().bytes()),
              event.tracker().map(tracker -> Buffer.buffer(tracker.bytes())).orElse(null)));
    }
    return connection
        .preparedQuery(
            """
            INSERT INTO ops.board_event
              (election, height, index_in_block, purpose, transaction, tracker)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
            """)
        .executeBatch(rows);
  }

  /** Ballots before a position, newest first. */
  Future<List<BoardBallot>> ballotsBefore(ElectionId election, Position before, int limit) {
    return sql.run(
            COLUMNS
                + """
                WHERE election = $1 AND tracker IS NOT NULL AND (height, index_in_block) < ($2, $3)
                ORDER BY height DESC, index_in_block DESC LIMIT $4
                """,
            election.text(),
            before.height(),
            before.index(),
            limit)
        .map(BoardStore::ballots);
  }

  Future<Optional<BoardBallot>> ballot(ElectionId election, Tracker tracker) {
    return sql.run(
            COLUMNS + "WHERE election = $1 AND tracker = $2",
            election.text(),
            Buffer.buffer(tracker.bytes()))
        .map(rows -> ballots(rows).stream().findFirst());
  }

  private static List<BoardBallot> ballots(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), /* parallel= */ false)
        .map(
            row ->
                new BoardBallot(
                    position(row),
                    Hash.of(row.getBuffer("transaction").getBytes()),
                    Tracker.ofHash(row.getBuffer("tracker").getBytes())))
        .toList();
  }

  /** What those who run an election signed, newest first. */
  Future<List<JsonObject>> acts(ElectionId election) {
    return ElectionAct.all(sql, election);
  }

  /** The transaction that published an election's result, if it was read already. */
  Future<Optional<Hash>> resultOf(ElectionId election) {
    return first(election, Purpose.RESULT, row -> Hash.of(row.getBuffer("transaction").getBytes()));
  }

  /** Where an election was closed before its time, if it was and that was read already. */
  Future<Optional<Position>> closeOf(ElectionId election) {
    return first(election, Purpose.CLOSE, BoardStore::position);
  }

  private <T> Future<Optional<T>> first(
      ElectionId election, Purpose purpose, Function<Row, T> reading) {
    return sql.run(
            COLUMNS + "WHERE election = $1 AND purpose = $2", election.text(), purpose.toString())
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), /* parallel= */ false)
                    .map(reading)
                    .findFirst());
  }

  /** The positions of an election's events after one, in their order. */
  Future<List<Position>> eventsAfter(ElectionId election, Position after, int limit) {
    return sql.run(
            """
            SELECT height, index_in_block FROM ops.board_event
            WHERE election = $1 AND (height, index_in_block) > ($2, $3)
            ORDER BY height, index_in_block LIMIT $4
            """,
            election.text(),
            after.height(),
            after.index(),
            limit)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), /* parallel= */ false)
                    .map(BoardStore::position)
                    .toList());
  }

  private static Position position(Row row) {
    return new Position(row.getLong("height"), row.getInteger("index_in_block"));
  }

  /** Remembers that a ballot was opened for an audit: its choice is known to who saw it. */
  Future<?> open(ElectionId election, Tracker tracker) {
    return sql.run(
        "INSERT INTO ops.opened_ballot (election, tracker) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        election.text(),
        Buffer.buffer(tracker.bytes()));
  }

  Future<Boolean> isOpened(ElectionId election, Tracker tracker) {
    return sql.run(
            "SELECT 1 FROM ops.opened_ballot WHERE election = $1 AND tracker = $2",
            election.text(),
            Buffer.buffer(tracker.bytes()))
        .map(rows -> rows.size() > 0);
  }
}
