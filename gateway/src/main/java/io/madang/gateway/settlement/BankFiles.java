package io.madang.gateway.settlement;

import io.madang.chain.Hash;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.secret.MasterSecret;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;

/**
 * Every file that went to the bank or came from it, as it was. Files hold account numbers, so their
 * bytes are sealed; they are found by the hash of what they say.
 */
final class BankFiles {
  private static final int SEALED_AT_ONCE = 4;

  private final Sql sql;
  private final MasterSecret secret;

  BankFiles(Sql sql, MasterSecret secret) {
    this.sql = sql;
    this.secret = secret;
  }

  /** A file that goes to the bank. */
  Future<?> keepOut(SqlConnection connection, String name, byte[] content) {
    return keep(connection, "out", name, content, "pain.001");
  }

  /**
   * A file from the bank.
   *
   * @param outcome what it was taken as, or why it is of no use
   */
  Future<?> keepIn(SqlConnection connection, String name, byte[] content, String outcome) {
    return keep(connection, "in", name, content, outcome);
  }

  private Future<?> keep(
      SqlConnection connection, String direction, String name, byte[] content, String outcome) {
    var hash = Hash.sha256(content);
    return Sql.run(
        connection,
        "INSERT INTO ops.bank_file (hash, direction, name, content, is_sealed, outcome)"
            + " VALUES ($1, $2, $3, $4, true, $5) ON CONFLICT DO NOTHING",
        Columns.of(hash),
        direction,
        name,
        Buffer.buffer(secret.seal(use(hash), content)),
        outcome);
  }

  /** The bytes of a file, if it is here. */
  Future<Optional<byte[]>> content(Hash hash) {
    return sql.run("SELECT content, is_sealed FROM ops.bank_file WHERE hash = $1", Columns.of(hash))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(open(hash, rows.iterator().next())));
  }

  private byte[] open(Hash hash, Row row) {
    var content = row.getBuffer("content").getBytes();
    return row.getBoolean("is_sealed") ? secret.open(use(hash), content) : content;
  }

  /** Seals what an earlier version has stored in clear. For a thread that may wait. */
  void sealOld() {
    while (true) {
      var rows =
          sql.run(
                  "SELECT hash, content FROM ops.bank_file WHERE NOT is_sealed LIMIT "
                      + SEALED_AT_ONCE)
              .await();
      if (rows.size() == 0) return;
      for (var row : rows) {
        var hash = Columns.hash(row, "hash");
        var sealed = secret.seal(use(hash), row.getBuffer("content").getBytes());
        sql.run(
                "UPDATE ops.bank_file SET content = $2, is_sealed = true"
                    + " WHERE hash = $1 AND NOT is_sealed",
                Columns.of(hash),
                Buffer.buffer(sealed))
            .await();
      }
    }
  }

  private static String use(Hash hash) {
    return "bank file " + hash;
  }
}
