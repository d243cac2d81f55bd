package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.TransactionResult;
import io.madang.chain.Verified;
import io.madang.voting.chain.Rows.UseKey;
import io.madang.voting.chain.Rows.UseRow;
import java.util.ArrayList;
import java.util.List;

/** A block in work: transactions take effect one after the other on the pending state. */
final class BlockWork {
  static final int MAX_TRANSACTIONS = 1 << 20;
  private static final byte[] NO_DATA = {};

  private final VotingState state;
  private final Transactions transactions;
  private final long height;
  private final long timeMillis;
  private final List<Verified<VotingCandidate>> entered = new ArrayList<>();
  private final List<TransactionResult> results = new ArrayList<>();

  /** Begins a block on a state without pending changes: elections open and close first. */
  BlockWork(VotingState state, ProofChecks proofs, long height, long timeMillis) {
    this.state = state;
    this.height = height;
    this.timeMillis = timeMillis;
    transactions = new Transactions(StateView.ofPending(state), proofs, timeMillis);
    state.turn(timeMillis);
  }

  long height() {
    return height;
  }

  long timeMillis() {
    return timeMillis;
  }

  /** Executes a transaction; it enters the block only when it takes effect. */
  Outcome offer(Verified<VotingCandidate> transaction) {
    var outcome = execute(transaction.candidate());
    if (outcome instanceof Outcome.Done(var data)) {
      entered.add(transaction);
      results.add(new TransactionResult(0, data));
    }
    return outcome;
  }

  /** Executes a transaction that stands in the block, whatever comes of it. */
  void include(Verified<VotingCandidate> transaction) {
    var outcome = execute(transaction.candidate());
    entered.add(transaction);
    results.add(
        switch (outcome) {
          case Outcome.Done(var data) -> new TransactionResult(0, data);
          case Outcome.DoneBefore _ ->
              new TransactionResult(VotingRefusal.DONE_BEFORE.code(), NO_DATA);
          case Outcome.Refused(var refusal) -> new TransactionResult(refusal.code(), NO_DATA);
        });
  }

  private Outcome execute(VotingCandidate candidate) {
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
                new Position(height, entered.size()),
                statement.payload().validUntilMillis(),
                Bytes.of(data)));
        yield new Outcome.Done(data);
      }
    };
  }

  /** Whether this is the work on exactly this block. */
  boolean isOn(long otherHeight, long otherTimeMillis, List<Verified<VotingCandidate>> others) {
    if (height != otherHeight || timeMillis != otherTimeMillis || entered.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < entered.size(); i++) {
      if (!entered.get(i).candidate().hash().equals(others.get(i).candidate().hash())) {
        return false;
      }
    }
    return true;
  }

  /** Ends the block. What is forgotten depends on blocks that hold transactions alone. */
  void close() {
    if (!entered.isEmpty()) {
      state.prune(timeMillis);
    }
  }

  List<TransactionResult> results() {
    return List.copyOf(results);
  }

  List<Verified<VotingCandidate>> entered() {
    return List.copyOf(entered);
  }
}
