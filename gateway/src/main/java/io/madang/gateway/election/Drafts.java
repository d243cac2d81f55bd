package io.madang.gateway.election;

import io.madang.chain.PublicKey;
import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.voting.CredentialList;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drafts of elections and what has come back for them, in the database. */
final class Drafts {
  private static final String COLUMNS =
      "number, election, administrator, revision, draft, roll_voters, roll_weight, roll_hash,"
          + " credentials_count, credentials_weight, credentials_hash";

  private final Sql sql;

  Drafts(Sql sql) {
    this.sql = sql;
  }

  /** A list that is there: how long, how heavy, and its hash in Base64. */
  record Summary(int count, long weight, String hash) {}

  /**
   * A draft.
   *
   * @param json as its administrator wrote it
   */
  record Draft(
      long number,
      ElectionId election,
      PublicKey administrator,
      int revision,
      JsonObject json,
      Optional<Summary> roll,
      Optional<Summary> credentials) {
    DraftForm form() {
      return DraftForm.read(election, json.copy());
    }
  }

  Future<Void> insert(
      SqlConnection connection, ElectionId election, PublicKey administrator, JsonObject json) {
    return Sql.run(
            connection,
            "INSERT INTO ops.election_draft (election, administrator, draft) VALUES ($1, $2, $3)",
            election.text(),
            administrator.toString(),
            json.encode())
        .mapEmpty();
  }

  /** Makes the places of so many trustees, empty. */
  Future<Void> places(SqlConnection connection, ElectionId election, int trustees) {
    return Sql.run(
            connection, "DELETE FROM ops.election_trustee WHERE election = $1", election.text())
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "INSERT INTO ops.election_trustee (election, place)"
                        + " SELECT $1, place FROM generate_series(1, $2::integer) AS place",
                    election.text(),
                    trustees))
        .mapEmpty();
  }

  Future<Draft> get(ElectionId election) {
    return sql.run(
            "SELECT " + COLUMNS + " FROM ops.election_draft WHERE election = $1", election.text())
        .map(Drafts::one);
  }

  /** The draft, which nobody else changes before this transaction ends. */
  Future<Draft> lock(SqlConnection connection, ElectionId election) {
    return Sql.run(
            connection,
            "SELECT " + COLUMNS + " FROM ops.election_draft WHERE election = $1 FOR UPDATE",
            election.text())
        .map(Drafts::one);
  }

  private static Draft one(RowSet<Row> rows) {
    if (rows.size() == 0) throw Problem.of(ProblemType.NOT_FOUND).raised();
    return read(rows.iterator().next());
  }

  /** An administrator's drafts, newest first, one more than the limit if there are more. */
  Future<List<Draft>> of(PublicKey administrator, long before, int limit) {
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.election_draft WHERE administrator = $1 AND number < $2"
                + " ORDER BY number DESC LIMIT $3",
            administrator.toString(),
            before,
            limit + 1)
        .map(
            rows -> {
              var drafts = new ArrayList<Draft>();
              rows.forEach(row -> drafts.add(read(row)));
              return drafts;
            });
  }

  private static Draft read(Row row) {
    return new Draft(
        row.getLong("number"),
        new ElectionId(row.getString("election")),
        PublicKey.parse(row.getString("administrator")),
        row.getInteger("revision"),
        new JsonObject(row.getString("draft")),
        summary(row, "roll_voters", "roll"),
        summary(row, "credentials_count", "credentials"));
  }

  private static Optional<Summary> summary(Row row, String count, String list) {
    int size = row.getInteger(count);
    return size == 0
        ? Optional.empty()
        : Optional.of(
            new Summary(size, row.getLong(list + "_weight"), row.getString(list + "_hash")));
  }

  Future<Void> update(SqlConnection connection, ElectionId election, JsonObject json) {
    return Sql.run(
            connection,
            "UPDATE ops.election_draft SET draft = $2, revision = revision + 1 WHERE election = $1",
            election.text(),
            json.encode())
        .mapEmpty();
  }

  /** Notes a new roll; credentials that were made for another one are gone. */
  Future<Void> setRoll(SqlConnection connection, ElectionId election, Summary roll) {
    return Sql.run(
            connection,
            "UPDATE ops.election_draft SET roll_voters = $2, roll_weight = $3, roll_hash = $4,"
                + " credentials = NULL, credentials_count = 0, credentials_weight = 0,"
                + " credentials_hash = '', revision = revision + 1 WHERE election = $1",
            election.text(),
            roll.count(),
            roll.weight(),
            roll.hash())
        .mapEmpty();
  }

  Future<Void> setCredentials(
      SqlConnection connection, ElectionId election, CredentialList list, Buffer record) {
    return Sql.run(
            connection,
            "UPDATE ops.election_draft SET credentials = $2, credentials_count = $3,"
                + " credentials_weight = $4, credentials_hash = $5 WHERE election = $1",
            election.text(),
            record,
            list.size(),
            list.totalWeight(),
            list.fingerprint())
        .mapEmpty();
  }

  /** The public credentials' record. */
  Future<Buffer> credentials(ElectionId election) {
    return sql.longTransaction(
        8,
        connection ->
            Sql.run(
                    connection,
                    "SELECT credentials FROM ops.election_draft WHERE election = $1",
                    election.text())
                .map(rows -> rows.iterator().next().getBuffer("credentials")));
  }

  /** The weights on the roll, in ascending order. */
  Future<long[]> weights(ElectionId election) {
    return sql.run("SELECT weight FROM ops.roll WHERE election = $1", election.text())
        .map(
            rows -> {
              var weights = new long[rows.size()];
              int i = 0;
              for (var row : rows) {
                weights[i++] = row.getLong("weight");
              }
              java.util.Arrays.sort(weights);
              return weights;
            });
  }

  /** How the key ceremony stands. */
  Future<Ceremony> ceremony(Draft draft) {
    return sql.run(CEREMONY, draft.election().text()).map(rows -> ceremony(draft, rows));
  }

  /** The same within a transaction that holds the draft. */
  Future<Ceremony> ceremony(SqlConnection connection, Draft draft) {
    return Sql.run(connection, CEREMONY, draft.election().text())
        .map(rows -> ceremony(draft, rows));
  }

  private static final String CEREMONY =
      "SELECT certificate, polynomial, voucher, key FROM ops.election_trustee WHERE election = $1"
          + " ORDER BY place";

  private static Ceremony ceremony(Draft draft, RowSet<Row> rows) {
    var said = new ArrayList<Map<CeremonyStep, String>>();
    rows.forEach(row -> said.add(Ceremony.said(row)));
    var form = draft.form();
    return new Ceremony(form.election().group(), form.threshold(), said);
  }

  /** Keeps what a trustee said. */
  Future<Void> say(
      SqlConnection connection, ElectionId election, int index, CeremonyStep step, String message) {
    var statement =
        switch (step) {
          case CERTIFICATE -> "UPDATE ops.election_trustee SET certificate = $3";
          case POLYNOMIAL -> "UPDATE ops.election_trustee SET polynomial = $3";
          case VOUCHER -> "UPDATE ops.election_trustee SET voucher = $3";
          case KEY -> "UPDATE ops.election_trustee SET key = $3";
          case WAIT, DONE -> throw new IllegalArgumentException("nothing to say");
        };
    return Sql.run(
            connection,
            statement + " WHERE election = $1 AND place = $2",
            election.text(),
            index,
            message)
        .mapEmpty();
  }
}
