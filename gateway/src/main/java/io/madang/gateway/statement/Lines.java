package io.madang.gateway.statement;

import io.madang.gateway.settlement.SettledDays;
import java.io.IOException;

/** Reads the lines of statements a thousand at a time. For a thread that may wait. */
final class Lines {
  private static final int AT_ONCE = 1_000;

  private final SettledDays settled;
  private final References references;

  Lines(SettledDays settled, References references) {
    this.settled = settled;
    this.references = references;
  }

  /** What takes lines. */
  interface Taker {
    void take(Line line) throws IOException;
  }

  /**
   * Hands over the first lines of a statement in the order of the chain.
   *
   * @throws IllegalStateException when they are not what was settled: then no file is better
   */
  void read(Statement statement, long limit, Taker taker) throws IOException {
    long left = limit;
    for (var day : statement.days()) {
      left -= read(statement, day, left, taker);
      if (left <= 0) return;
    }
  }

  private long read(Statement statement, StatementDay day, long limit, Taker taker)
      throws IOException {
    long wanted = Math.min(limit, day.figures().postings());
    long index = 0;
    long sum = 0;
    while (index < wanted) {
      var entries =
          settled
              .lines(
                  statement.merchant().account(),
                  statement.asset().code(),
                  day.date(),
                  index,
                  (int) Math.min(AT_ONCE, wanted - index))
              .await();
      if (entries.isEmpty()) throw new IllegalStateException("lines of " + day.date() + " lack");
      for (var line : references.of(day, entries)) {
        taker.take(line);
        sum = Math.addExact(sum, line.posting().change());
      }
      index += entries.size();
    }
    if (index == day.figures().postings() && sum != day.figures().net()) {
      throw new IllegalStateException("the lines of " + day.date() + " do not add up");
    }
    return wanted;
  }
}
