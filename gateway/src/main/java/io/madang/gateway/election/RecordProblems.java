package io.madang.gateway.election;

import io.madang.gateway.http.Problem;
import io.madang.voting.chain.VotingRefusal;
import io.madang.voting.record.Reading;
import io.madang.voting.record.Refusal;
import java.util.Map;

/** What the voting core refuses of a record or a message, as problems. */
final class RecordProblems {
  private RecordProblems() {}

  /** The problem of a refusal: its type is the reason's name, its detail the place. */
  static Problem of(Refusal refusal) {
    var title = "The record is not accepted";
    for (var known : VotingRefusal.values()) {
      if (known.kebabName().equals(refusal.reason().code())) title = known.sentence();
    }
    return new Problem(
        refusal.reason().code(), 422, title, refusal.place(), false, Map.of(), Map.of());
  }

  /**
   * What was read.
   *
   * @throws Problem.Raised when it was refused
   */
  static <T> T accepted(Reading<T> reading) {
    return switch (reading) {
      case Reading.Accepted<T>(var value) -> value;
      case Reading.Refused<T>(var refusal) -> throw of(refusal).raised();
    };
  }
}
