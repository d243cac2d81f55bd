package io.madang.gateway.statement;

import io.madang.chain.Hash;
import io.madang.gateway.settlement.Attempt;
import io.madang.gateway.settlement.Correction;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;

/**
 * One settled day of a statement.
 *
 * @param attempts at least one; the first covers the day's postings
 * @param corrections whose sum the figures have as adjustments
 */
record StatementDay(
    LocalDate date, Figures figures, List<Attempt> attempts, List<Correction> corrections) {
  static StatementDay of(LocalDate date, List<Attempt> attempts, List<Correction> corrections) {
    return new StatementDay(
        date,
        Figures.of(attempts),
        List.copyOf(attempts),
        corrections.stream().filter(one -> one.day().equals(date)).toList());
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
        .put("corrections", new JsonArray(corrections.stream().map(Correction::view).toList()))
        .put("attempts", new JsonArray(attempts.stream().map(Attempt::view).toList()));
  }
}
