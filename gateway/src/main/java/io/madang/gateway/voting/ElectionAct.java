package io.madang.gateway.voting;

import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.RecordedTransaction;
import io.madang.gateway.http.Json;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.Purpose;
import io.madang.voting.chain.VotingOperation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Something that those who run an election signed: its announcement, its end, a decryption. Ballots
 * are none, and neither are the parts of a record, which mean nothing before the announcement.
 *
 * @param key who signed
 * @param timeMillis the time of the block
 */
record ElectionAct(
    ElectionId election,
    Purpose purpose,
    PublicKey key,
    long height,
    int indexInBlock,
    long timeMillis,
    Hash transaction) {
  /** The act that a transaction is, if it took effect and is one. */
  static Optional<ElectionAct> of(RecordedTransaction recorded, VotingOperation operation) {
    return purpose(operation)
        .map(
            purpose ->
                new ElectionAct(
                    operation.election(),
                    purpose,
                    recorded.statement().signer(),
                    recorded.position().height(),
                    recorded.position().index(),
                    recorded.timeMillis(),
                    recorded.hash()));
  }

  private static Optional<Purpose> purpose(VotingOperation operation) {
    return switch (operation) {
      case VotingOperation.SetUp _ -> Optional.of(Purpose.SETUP);
      case VotingOperation.Withdraw _ -> Optional.of(Purpose.WITHDRAW);
      case VotingOperation.Close _ -> Optional.of(Purpose.CLOSE);
      case VotingOperation.PublishTally _ -> Optional.of(Purpose.TALLY);
      case VotingOperation.Decrypt _ -> Optional.of(Purpose.DECRYPTION);
      case VotingOperation.PublishResult _ -> Optional.of(Purpose.RESULT);
      case VotingOperation.AddPart _, VotingOperation.Cast _, VotingOperation.Attached _ ->
          Optional.empty();
    };
  }

  static Future<?> insert(SqlConnection connection, List<ElectionAct> acts) {
    if (acts.isEmpty()) return Future.succeededFuture();
    return connection
        .preparedQuery(
            """
            INSERT INTO ops.election_act
              (election, height, index_in_block, purpose, key, time_millis, transaction)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
            """)
        .executeBatch(
            acts.stream()
                .map(
                    one ->
                        Tuple.of(
                            one.election.text(),
                            one.height,
                            one.indexInBlock,
                            one.purpose.toString(),
                            one.key.toString(),
                            one.timeMillis,
                            Buffer.buffer(one.transaction.bytes())))
                .toList());
  }

  /** Everything that was signed about an election as far as it was read, newest first. */
  static Future<List<JsonObject>> all(Sql sql, ElectionId election) {
    return sql.run(
            """
            SELECT purpose, key, height, time_millis, transaction FROM ops.election_act
            WHERE election = $1 ORDER BY height DESC, index_in_block DESC
            """,
            election.text())
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), /* parallel= */ false)
                    .map(ElectionAct::view)
                    .toList());
  }

  private static JsonObject view(Row row) {
    return new JsonObject()
        .put("purpose", row.getString("purpose"))
        .put("key", row.getString("key"))
        .put("height", row.getLong("height"))
        .put("time", Json.time(row.getLong("time_millis")))
        .put("transaction", Hash.of(row.getBuffer("transaction").getBytes()).toString());
  }
}
