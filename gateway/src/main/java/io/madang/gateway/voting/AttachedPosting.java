package io.madang.gateway.voting;

import io.madang.chain.Hash;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.RecordedTransaction;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.VotingOperation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The transaction that posted some ballots of an attached election.
 *
 * @param firstPosition of its hashes on the board, from 0
 */
record AttachedPosting(ElectionId election, long firstPosition, long height, Hash transaction) {
  /** The posting that a transaction is, if it took effect and is one. */
  static Optional<AttachedPosting> of(RecordedTransaction recorded, VotingOperation operation) {
    if (!(operation instanceof VotingOperation.PostHashes post)) return Optional.empty();
    var data = new JsonObject(new String(recorded.result().data(), StandardCharsets.UTF_8));
    return Optional.of(
        new AttachedPosting(
            post.election(),
            data.getLong("hashes") - post.hashes().size(),
            recorded.position().height(),
            recorded.hash()));
  }

  static Future<?> insert(SqlConnection connection, List<AttachedPosting> postings) {
    if (postings.isEmpty()) return Future.succeededFuture();
    return connection
        .preparedQuery(
            """
            INSERT INTO ops.attached_posting (election, first_position, height, transaction)
            VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
            """)
        .executeBatch(
            postings.stream()
                .map(
                    one ->
                        Tuple.of(
                            one.election.text(),
                            one.firstPosition,
                            one.height,
                            Buffer.buffer(one.transaction.bytes())))
                .toList());
  }

  /** The posting that put a ballot on the board, if it was read already. */
  static Future<Optional<AttachedPosting>> that(Sql sql, ElectionId election, long position) {
    return sql.run(
            """
            SELECT first_position, height, transaction FROM ops.attached_posting
            WHERE election = $1 AND first_position <= $2 ORDER BY first_position DESC LIMIT 1
            """,
            election.text(),
            position)
        .map(
            rows -> {
              var found = rows.iterator();
              if (!found.hasNext()) return Optional.empty();
              var row = found.next();
              return Optional.of(
                  new AttachedPosting(
                      election,
                      row.getLong("first_position"),
                      row.getLong("height"),
                      Hash.of(row.getBuffer("transaction").getBytes())));
            });
  }
}
