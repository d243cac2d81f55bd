package io.madang.gateway.election;

import io.madang.gateway.database.Sql;
import io.madang.gateway.secret.MasterSecret;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Who may sign in to an election. Voters are found by a keyed hash of their identifier; what the
 * list says of them is sealed.
 */
final class Roll {
  private static final int BATCH = 2_000;

  private final Sql sql;
  private final MasterSecret secret;

  Roll(Sql sql, MasterSecret secret) {
    this.sql = sql;
    this.secret = secret;
  }

  /** A voter and its place. */
  record Entry(int place, Voter voter) {}

  /** A list that is ready to be stored. */
  record Sealed(List<Tuple> batches, int pages) {}

  /** The keyed hash that finds a voter of an election. */
  byte[] key(ElectionId election, String id) {
    return secret.hash("voter of " + election, Voter.folded(id));
  }

  /** Gives everybody a place of chance and seals what is known. Takes a while; blocks. */
  Sealed seal(ElectionId election, List<Voter> voters, Random random) {
    var places = new ArrayList<Integer>();
    for (int i = 0; i < voters.size(); i++) {
      places.add(i);
    }
    Collections.shuffle(places, random);
    var batches =
        IntStream.iterate(0, from -> from < voters.size(), from -> from + BATCH)
            .parallel()
            .mapToObj(from -> batch(election, voters, places, from))
            .toList();
    return new Sealed(batches, (voters.size() + Turnout.PAGE - 1) / Turnout.PAGE);
  }

  private Tuple batch(ElectionId election, List<Voter> voters, List<Integer> places, int from) {
    int size = Math.min(BATCH, voters.size() - from);
    var keys = new Buffer[size];
    var sealed = new Buffer[size];
    var weights = new Long[size];
    for (int i = 0; i < size; i++) {
      var voter = voters.get(from + i);
      keys[i] = Buffer.buffer(key(election, voter.id()));
      sealed[i] = Buffer.buffer(seal(election, voter));
      weights[i] = voter.weight();
    }
    var own = places.subList(from, from + size).toArray(Integer[]::new);
    return Tuple.of(election.text(), own, keys, sealed, weights);
  }

  private byte[] seal(ElectionId election, Voter voter) {
    var json =
        new JsonObject()
            .put("voter", voter.id())
            .put("name", voter.name())
            .put("contact", voter.contact());
    return secret.seal(use(election), json.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** Stores a list in the place of the one before. */
  Future<Void> replace(SqlConnection connection, ElectionId election, Sealed sealed) {
    Future<?> stored =
        Sql.run(connection, "DELETE FROM ops.roll WHERE election = $1", election.text())
            .compose(
                _ ->
                    Sql.run(
                        connection,
                        "DELETE FROM ops.participation WHERE election = $1",
                        election.text()));
    for (var batch : sealed.batches()) {
      stored =
          stored.compose(
              _ ->
                  connection
                      .preparedQuery(
                          "INSERT INTO ops.roll (election, place, voter, sealed, weight) SELECT $1,"
                              + " * FROM unnest($2::integer[], $3::bytea[], $4::bytea[],"
                              + " $5::bigint[])")
                      .execute(batch));
    }
    return stored
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "INSERT INTO ops.participation SELECT $1, page, $3, $3"
                        + " FROM generate_series(0, $2::integer - 1) AS page",
                    election.text(),
                    sealed.pages(),
                    Turnout.nobody()))
        .mapEmpty();
  }

  /** The place of a voter, if it is on the roll. */
  Future<Optional<Integer>> place(ElectionId election, String id) {
    return sql.run(
            "SELECT place FROM ops.roll WHERE election = $1 AND voter = $2",
            election.text(),
            Buffer.buffer(key(election, id)))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getInteger("place")));
  }

  /** A voter as the list has it, if it is there. */
  Future<Optional<Entry>> find(ElectionId election, String id) {
    return sql.run(
            "SELECT place, sealed, weight FROM ops.roll WHERE election = $1 AND voter = $2",
            election.text(),
            Buffer.buffer(key(election, id)))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(open(election, rows.iterator().next())));
  }

  /** Who has a place. */
  Future<Entry> at(ElectionId election, int place) {
    return sql.run(
            "SELECT place, sealed, weight FROM ops.roll WHERE election = $1 AND place = $2",
            election.text(),
            place)
        .map(rows -> open(election, rows.iterator().next()));
  }

  /** Voters in the order of their places, one more than the limit if there are more. */
  Future<List<Entry>> page(ElectionId election, long after, int limit) {
    return sql.run(
            "SELECT place, sealed, weight FROM ops.roll WHERE election = $1 AND place > $2"
                + " ORDER BY place LIMIT $3",
            election.text(),
            (int) Math.min(after, Integer.MAX_VALUE),
            limit + 1)
        .map(
            rows -> {
              var entries = new ArrayList<Entry>();
              rows.forEach(row -> entries.add(open(election, row)));
              return entries;
            });
  }

  /** The sealed rows of all, to be opened by {@link #open} away from the event loop. */
  Future<List<Row>> rows(ElectionId election) {
    return sql.longTransaction(
        8,
        connection ->
            Sql.run(
                    connection,
                    "SELECT place, sealed, weight FROM ops.roll WHERE election = $1",
                    election.text())
                .map(
                    rows -> {
                      var all = new ArrayList<Row>(rows.size());
                      rows.forEach(all::add);
                      return all;
                    }));
  }

  /** What a row says. */
  Entry open(ElectionId election, Row row) {
    byte[] plain = secret.open(use(election), row.getBuffer("sealed").getBytes());
    var json = new JsonObject(new String(plain, StandardCharsets.UTF_8));
    return new Entry(
        row.getInteger("place"),
        new Voter(
            json.getString("voter"),
            json.getString("name"),
            json.getString("contact"),
            row.getLong("weight")));
  }

  private static String use(ElectionId election) {
    return "roll of " + election;
  }
}
