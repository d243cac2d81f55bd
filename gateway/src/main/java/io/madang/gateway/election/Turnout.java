package io.madang.gateway.election;

import io.madang.gateway.database.Sql;
import io.madang.gateway.voting.Participation;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who took part in an election, apart from every ballot: one bit for each place on the roll. A cast
 * changes a row that a thousand voters share, so neither the row nor when it was changed says who
 * voted when, or in which order.
 */
public final class Turnout implements Participation {
  /** How many places share a row. */
  static final int PAGE = 1024;

  private static final int BYTES = PAGE / 8;

  /** A cast that is nobody's to note. */
  private static final Attempt NOBODY =
      new Attempt() {
        @Override
        public Future<?> stands() {
          return Future.succeededFuture();
        }

        @Override
        public Future<?> takeBack() {
          return Future.succeededFuture();
        }
      };

  private final Sql sql;
  private final Roll roll;

  /** The last cast of each seat that casts just now, until it has ended. */
  private final Map<Seat, Future<Void>> casting = new ConcurrentHashMap<>();

  /** Elections whose voting has ended and whose turnout was asked for. */
  private final Set<ElectionId> counted = ConcurrentHashMap.newKeySet();

  Turnout(Sql sql, Roll roll) {
    this.sql = sql;
    this.roll = roll;
  }

  /** One row. */
  private record Page(int number, Buffer tookPart, Buffer unnoticed) {}

  /** A place on the roll of an election. */
  private record Seat(ElectionId election, int place) {}

  /** What was noted of a seat before a cast. */
  private record Before(boolean tookPart, boolean unnoticed) {}

  /**
   * {@inheritDoc}
   *
   * <p>A voter's casts go one after the other, so that one that is refused takes back nothing that
   * another one noted.
   */
  @Override
  public Future<Attempt> begin(ElectionId election, String voter) {
    return roll.place(election, voter)
        .compose(
            found ->
                found
                    .map(place -> begin(new Seat(election, place)))
                    .orElseGet(() -> Future.succeededFuture(NOBODY)));
  }

  private Future<Attempt> begin(Seat seat) {
    Promise<Void> ended = Promise.promise();
    var earlier = casting.put(seat, ended.future());
    Future<?> free = earlier == null ? Future.succeededFuture() : earlier;
    return free.transform(_ -> beginNow(seat, ended));
  }

  private Future<Attempt> beginNow(Seat seat, Promise<Void> ended) {
    if (counted.contains(seat.election())) {
      end(seat, ended);
      return Future.succeededFuture(NOBODY);
    }
    return mark(seat).map(before -> attempt(seat, before, ended)).onFailure(_ -> end(seat, ended));
  }

  private Attempt attempt(Seat seat, Before before, Promise<Void> ended) {
    return new Attempt() {
      @Override
      public Future<?> stands() {
        end(seat, ended);
        return Future.succeededFuture();
      }

      @Override
      public Future<?> takeBack() {
        return restore(seat, before).onComplete(_ -> end(seat, ended));
      }
    };
  }

  private void end(Seat seat, Promise<Void> ended) {
    casting.remove(seat, ended.future());
    ended.complete();
  }

  private Future<Before> mark(Seat seat) {
    return sql.run(
            "WITH before AS (SELECT get_bit(took_part, $3) = 1 AS took_part,"
                + " get_bit(unnoticed, $3) = 1 AS unnoticed FROM ops.participation"
                + " WHERE election = $1 AND page = $2 FOR UPDATE)"
                + " UPDATE ops.participation now SET took_part = set_bit(now.took_part, $3, 1),"
                + " unnoticed = set_bit(now.unnoticed, $3, 1) FROM before"
                + " WHERE now.election = $1 AND now.page = $2"
                + " RETURNING before.took_part AS did, before.unnoticed AS untold",
            seat.election().text(),
            seat.place() / PAGE,
            seat.place() % PAGE)
        .map(
            rows -> {
              var row = rows.iterator().next();
              return new Before(row.getBoolean("did"), row.getBoolean("untold"));
            });
  }

  private Future<Void> restore(Seat seat, Before before) {
    return sql.run(
            "UPDATE ops.participation SET took_part = set_bit(took_part, $3, $4),"
                + " unnoticed = set_bit(unnoticed, $3, $5) WHERE election = $1 AND page = $2",
            seat.election().text(),
            seat.place() / PAGE,
            seat.place() % PAGE,
            before.tookPart() ? 1 : 0,
            before.unnoticed() ? 1 : 0)
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

  /**
   * The places of all that took part in an election that has closed, in ascending order. Casts that
   * have begun end first; nothing is noted for later ones, which are all refused.
   */
  Future<List<Integer>> all(ElectionId election) {
    counted.add(election);
    var begun =
        casting.entrySet().stream()
            .filter(one -> one.getKey().election().equals(election))
            .map(Map.Entry::getValue)
            .toList();
    return Future.join(begun)
        .transform(_ -> pages(election))
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
              // What becomes of a cast just now is not known yet.
              places.removeIf(place -> casting.containsKey(new Seat(election, place)));
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
