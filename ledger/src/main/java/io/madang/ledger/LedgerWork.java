package io.madang.ledger;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.TransactionResult;
import io.madang.chain.state.BlockWork;
import io.madang.ledger.Rows.BlockResults;
import io.madang.ledger.Rows.Use;

/** A block of the ledger in work. */
final class LedgerWork extends BlockWork<LedgerCandidate> {
  private final State state;
  private final Transactions transactions;
  private boolean canBeUndone;

  /** Begins a block on a state without pending changes: the holds whose time has come end first. */
  LedgerWork(State state, long height, long timeMillis) {
    super(height, timeMillis);
    this.state = state;
    this.transactions = new Transactions(StateView.ofPending(state));
    HoldRules.expire(state, timeMillis);
  }

  @Override
  protected Outcome execute(LedgerCandidate candidate, Position position) {
    return switch (transactions.decide(candidate, position, timeMillis())) {
      case Transactions.Answered(var outcome) -> outcome;
      case Transactions.Due(var id, var data, var change) -> {
        // After this point nothing can refuse.
        change.applyTo(state);
        var statement = candidate.transaction();
        state.recordUse(
            new Use(id, candidate.hash(), position, data), statement.payload().validUntilMillis());
        canBeUndone |= candidate.operation().purpose().canBeUndone();
        yield new Outcome.Done(data);
      }
    };
  }

  @Override
  protected int codeOfDoneBefore() {
    return LedgerRefusal.DONE_BEFORE.code();
  }

  /** {@inheritDoc} Then the books are checked. */
  @Override
  protected void close() {
    var results = results();
    if (!results.isEmpty()) {
      state.closeUses(height());
      if (canBeUndone) {
        var root = TransactionResult.rootOf(results);
        state.addResults(timeMillis(), new BlockResults(height(), results.size(), root));
      }
      state.prune(timeMillis());
    }
    Books.check(state);
  }
}
