package io.madang.gateway.statement;

import io.madang.chain.Hash;
import io.madang.gateway.settlement.Attempt;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;

/**
 * One settled day of a statement.
 *
 * @param attempts at least one; the first covers the day's postings
 */
record StatementDay(LocalDate date, Figures figures, List<Attempt> attempts) {
  static StatementDay of(LocalDate date, List<Attempt> attempts) {
    return new StatementDay(date, Figures.of(attempts), List.copyOf(attempts));
  }

  /** The attempt whose root covers the postings. */
  Attempt covering() {
    return attempts.getFirst();
  }

  /** The attempt that says how far the payout is. */
  Attempt last() {
    return attempts.getLast();
  }

  Hash root() {
    return covering().figures().root();
  }

  /** The last attempt as answers show it, with the figures of the whole day. */
  JsonObject view() {
    return last()
        .view()
        .mergeIn(figures.view())
        .put("root", root().toString())
        .put("attempts", new JsonArray(attempts.stream().map(Attempt::view).toList()));
  }
}
