package io.madang.gateway.voting;

import io.madang.voting.chain.BallotBoxView.ElectionStanding;
import java.util.Optional;

/** How far an election is, as the API names it. */
final class ElectionStage {
  private ElectionStage() {}

  /** Empty for an election that is not shown: one whose records still arrive, or withdrawn. */
  static Optional<String> of(ElectionStanding election) {
    return switch (election.stage()) {
      case DRAFT, WITHDRAWN -> Optional.empty();
      case ANNOUNCED -> Optional.of("announced");
      case OPEN -> Optional.of("open");
      // With too few ballots the channel takes no tally: this is the end.
      case CLOSED -> Optional.of(hasTooFewBallots(election) ? "finished" : "closed");
      case DECRYPTING -> Optional.of("decrypting");
      case FINISHED -> Optional.of("finished");
    };
  }

  /** Whether no more ballots are taken. */
  static boolean hasClosed(ElectionStanding election) {
    return switch (election.stage()) {
      case CLOSED, DECRYPTING, FINISHED -> true;
      case DRAFT, ANNOUNCED, OPEN, WITHDRAWN -> false;
    };
  }

  private static boolean hasTooFewBallots(ElectionStanding election) {
    return election.terms().filter(terms -> election.counted() < terms.leastBallots()).isPresent();
  }
}
