package io.madang.voting.chain;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.voting.chain.Rows.UseKey;

/**
 * Decides about transactions: first what concerns every one of them, then the operation. Deciding
 * changes nothing.
 */
final class Transactions {
  private static final long MAX_VALIDITY_MILLIS = 24L * 60 * 60 * 1_000;

  private final StateView view;
  private final Rules rules;
  private final long timeMillis;

  Transactions(StateView view, ProofChecks proofs, long timeMillis) {
    this.view = view;
    this.timeMillis = timeMillis;
    rules = new Rules(view, proofs, timeMillis);
  }

  /** What is decided. */
  sealed interface Verdict {}

  /** There is nothing to do. */
  record Answered(Outcome outcome) implements Verdict {}

  /** It takes effect as soon as {@code change} is applied. */
  record Due(byte[] data, Rules.Change change) implements Verdict {}

  Verdict decide(VotingCandidate candidate) {
    var statement = candidate.transaction();
    long validUntilMillis = statement.payload().validUntilMillis();
    if (validUntilMillis < timeMillis) {
      return new Answered(VotingRefusal.EXPIRED.outcome());
    }
    if (validUntilMillis - timeMillis > MAX_VALIDITY_MILLIS) {
      return new Answered(VotingRefusal.VALID_TOO_LONG.outcome());
    }
    var use = view.use(new UseKey(statement.signer(), statement.payload().id()));
    if (use != null && use.statement().equals(candidate.hash())) {
      return new Answered(new Outcome.DoneBefore(use.position(), use.data().toByteArray()));
    }
    // A ballot's id follows from the ballot: the same ballot in another hour's envelope is refused
    // as what it is.
    if (use != null && !(candidate.operation() instanceof VotingOperation.Cast)) {
      return new Answered(VotingRefusal.ID_CONFLICT.outcome());
    }
    return switch (rules.decide(candidate.operation(), statement.signer())) {
      case Rules.Rejected(var outcome) -> new Answered(outcome);
      case Rules.Accepted(var data, var change) -> new Due(data, change);
    };
  }
}
