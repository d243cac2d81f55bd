package io.madang.ledger;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.TransactionResult;
import io.madang.chain.Verified;
import io.madang.ledger.Rows.BlockResults;
import io.madang.ledger.Rows.Use;
import java.util.ArrayList;
import java.util.List;

/** A block in work: transactions take effect one after the other on the pending state. */
final class BlockWork {
  /** A position's index stays within 20 bits. */
  static final int MAX_TRANSACTIONS = 1 << 20;

  private static final byte[] NO_DATA = {};

  private final State state;
  private final Transactions transactions;
  private final long height;
  private final long timeMillis;
  private final List<Verified<LedgerCandidate>> entered = new ArrayList<>();
  private final List<TransactionResult> results = new ArrayList<>();
  private boolean canBeUndone;

  /** Begins a block on a state without pending changes: the holds whose time has come end first. */
  BlockWork(State state, long height, long timeMillis) {
    this.state = state;
    this.height = height;
    this.timeMillis = timeMillis;
    this.transactions = new Transactions(StateView.ofPending(state));
    HoldRules.expire(state, timeMillis);
  }

  long height() {
    return height;
  }

  /** Executes a transaction; it enters the block only when it takes effect. */
  Outcome offer(Verified<LedgerCandidate> transaction) {
    var outcome = execute(transaction.candidate());
    if (outcome instanceof Outcome.Done(var data)) {
      entered.add(transaction);
      results.add(new TransactionResult(0, data));
    }
    return outcome;
  }

  /** Executes a transaction that stands in the block, whatever comes of it. */
  void include(Verified<LedgerCandidate> transaction) {
    var outcome = execute(transaction.candidate());
    entered.add(transaction);
    results.add(
        switch (outcome) {
          case Outcome.Done(var data) -> new TransactionResult(0, data);
          case Outcome.DoneBefore _ ->
              new TransactionResult(LedgerRefusal.DONE_BEFORE.code(), NO_DATA);
          case Outcome.Refused(var refusal) -> new TransactionResult(refusal.code(), NO_DATA);
        });
  }

  long timeMillis() {
    return timeMillis;
  }

  private Outcome execute(LedgerCandidate candidate) {
    var position = new Position(height, entered.size());
    return switch (transactions.decide(candidate, position, timeMillis)) {
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

  /** Whether this is the work on exactly this block. */
  boolean isOn(long otherHeight, long otherTimeMillis, List<Verified<LedgerCandidate>> others) {
    if (height != otherHeight || timeMillis != otherTimeMillis || entered.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < entered.size(); i++) {
      if (!isSame(entered.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(Verified<LedgerCandidate> one, Verified<LedgerCandidate> other) {
    return one == other || one.candidate().transaction().equals(other.candidate().transaction());
  }

  /**
   * Ends the block: remembers what later blocks need, forgets what none needs, checks the books.
   */
  void close() {
    if (!entered.isEmpty()) {
      state.closeUses(height);
      if (canBeUndone) {
        var root = TransactionResult.rootOf(results);
        state.addResults(timeMillis, new BlockResults(height, results.size(), root));
      }
      state.prune(timeMillis);
    }
    Books.check(state);
  }

  Hash stateHash() {
    return state.hash();
  }

  List<TransactionResult> results() {
    return List.copyOf(results);
  }

  List<Verified<LedgerCandidate>> entered() {
    return List.copyOf(entered);
  }
}
