package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.state.BlockWork;
import io.madang.voting.chain.Rows.UseKey;
import io.madang.voting.chain.Rows.UseRow;

/** A block of the voting channel in work. */
final class VotingWork extends BlockWork<VotingCandidate> {
  private final VotingState state;
  private final Transactions transactions;

  /** Begins a block on a state without pending changes: elections open and close first. */
  VotingWork(VotingState state, ProofChecks proofs, long height, long timeMillis) {
    super(height, timeMillis);
    this.state = state;
    transactions = new Transactions(StateView.ofPending(state), proofs, timeMillis);
    state.turn(timeMillis);
  }

  @Override
  protected Outcome execute(VotingCandidate candidate, Position position) {
    return switch (transactions.decide(candidate)) {
      case Transactions.Answered(var outcome) -> outcome;
      case Transactions.Due(var data, var change) -> {
        // After this point nothing can refuse.
        change.applyTo(state);
        var statement = candidate.transaction();
        state.addUse(
            new UseRow(
                new UseKey(statement.signer(), statement.payload().id()),
                candidate.hash(),
                position,
                statement.payload().validUntilMillis(),
                Bytes.of(data)));
        yield new Outcome.Done(data);
      }
    };
  }

  @Override
  protected int codeOfDoneBefore() {
    return VotingRefusal.DONE_BEFORE.code();
  }

  /** {@inheritDoc} What is forgotten depends on blocks that hold transactions alone. */
  @Override
  protected void close() {
    if (!results().isEmpty()) {
      state.prune(timeMillis());
    }
  }
}
