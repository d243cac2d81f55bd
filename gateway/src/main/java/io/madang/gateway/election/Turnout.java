package io.madang.gateway.election;

import io.madang.gateway.database.Sql;
import io.madang.gateway.voting.Participation;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Who took part in an election, apart from every ballot: one bit for each place on the roll. A cast
 * changes a row that a thousand voters share, so neither the row nor when it was changed says who
 * voted when, or in which order.
 */
public final class Turnout implements Participation {
  /** How many places share a row. */
  static final int PAGE = 1024;

  private static final int BYTES = PAGE / 8;

  private final Sql sql;
  private final Roll roll;

  Turnout(Sql sql, Roll roll) {
    this.sql = sql;
    this.roll = roll;
  }

  /** One row. */
  private record Page(int number, Buffer tookPart, Buffer unnoticed) {}

  @Override
  public Future<Void> tookPart(ElectionId election, String voter) {
    return roll.place(election, voter)
        .compose(
            found -> found.map(place -> mark(election, place)).orElseGet(Future::succeededFuture));
  }

  private Future<Void> mark(ElectionId election, int place) {
    return sql.run(
            "UPDATE ops.participation SET took_part = set_bit(took_part, $3, 1),"
                + " unnoticed = set_bit(unnoticed, $3, 1) WHERE election = $1 AND page = $2",
            election.text(),
            place / PAGE,
            place % PAGE)
        .mapEmpty();
  }

  /** Whether somebody took part. */
  Future<Boolean> has(ElectionId election, int place) {
    return sql.run(
            "SELECT get_bit(took_part, $3) = 1 AS did FROM ops.participation"
                + " WHERE election = $1 AND page = $2",
            election.text(),
            place / PAGE,
            place % PAGE)
        .map(rows -> rows.size() == 1 && rows.iterator().next().getBoolean("did"));
  }

  /** The places of all that took part, in ascending order. */
  Future<List<Integer>> all(ElectionId election) {
    return pages(election)
        .map(
            pages -> {
              var places = new ArrayList<Integer>();
              pages.forEach(page -> places.addAll(places(page.number(), page.tookPart())));
              return places;
            });
  }

  /** The places of all whose voters were not told yet of a ballot, in an order of chance. */
  Future<List<Integer>> unnoticed(ElectionId election, Random random) {
    return pages(election)
        .map(
            pages -> {
              var places = new ArrayList<Integer>();
              pages.forEach(page -> places.addAll(places(page.number(), page.unnoticed())));
              Collections.shuffle(places, random);
              return places;
            });
  }

  /** Notes that a voter was told. */
  Future<Void> noticed(ElectionId election, int place) {
    return sql.run(
            "UPDATE ops.participation SET unnoticed = set_bit(unnoticed, $3, 0)"
                + " WHERE election = $1 AND page = $2",
            election.text(),
            place / PAGE,
            place % PAGE)
        .mapEmpty();
  }

  private Future<List<Page>> pages(ElectionId election) {
    return sql.run(
            "SELECT page, took_part, unnoticed FROM ops.participation WHERE election = $1"
                + " ORDER BY page",
            election.text())
        .map(
            rows -> {
              var pages = new ArrayList<Page>();
              rows.forEach(
                  row ->
                      pages.add(
                          new Page(
                              row.getInteger("page"),
                              row.getBuffer("took_part"),
                              row.getBuffer("unnoticed"))));
              return pages;
            });
  }

  /** Bits are counted as PostgreSQL counts them: from the right in each byte. */
  private static List<Integer> places(int page, Buffer bits) {
    var places = new ArrayList<Integer>();
    for (int i = 0; i < PAGE; i++) {
      if ((bits.getByte(i / 8) >> (i % 8) & 1) == 1) places.add(page * PAGE + i);
    }
    return places;
  }

  /** Nobody, for a row of places. */
  static Buffer nobody() {
    return Buffer.buffer(new byte[BYTES]);
  }
}
