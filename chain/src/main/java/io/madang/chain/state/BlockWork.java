package io.madang.chain.state;

import io.madang.chain.ChainApplication.Candidate;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.TransactionResult;
import io.madang.chain.Verified;
import java.util.ArrayList;
import java.util.List;

/**
 * A block in work: transactions take effect one after the other on the pending state.
 *
 * @param <T> what the application understands of a transaction
 */
public abstract class BlockWork<T extends Candidate> {
  /** A position's index stays within 20 bits. */
  public static final int MAX_TRANSACTIONS = 1 << 20;

  private static final byte[] NO_DATA = {};

  private final long height;
  private final long timeMillis;
  private final List<Verified<T>> entered = new ArrayList<>();
  private final List<TransactionResult> results = new ArrayList<>();

  /** Begins a block on a state without pending changes: what time does by itself comes first. */
  protected BlockWork(long height, long timeMillis) {
    this.height = height;
    this.timeMillis = timeMillis;
  }

  /** Decides about a transaction and, when nothing refuses it, changes the pending state. */
  protected abstract Outcome execute(T candidate, Position position);

  /** The code by which a result says that the same bytes took effect before. */
  protected abstract int codeOfDoneBefore();

  /** Ends the block: remembers what later blocks need and forgets what none needs. */
  protected abstract void close();

  /** The block's height. */
  protected final long height() {
    return height;
  }

  /** The block's time. */
  protected final long timeMillis() {
    return timeMillis;
  }

  /** What came of the transactions so far, in order. */
  protected final List<TransactionResult> results() {
    return List.copyOf(results);
  }

  final List<Verified<T>> entered() {
    return List.copyOf(entered);
  }

  /** Executes a transaction; it enters the block only when it takes effect. */
  final Outcome offer(Verified<T> transaction) {
    var outcome = next(transaction);
    if (outcome instanceof Outcome.Done(var data)) {
      entered.add(transaction);
      results.add(new TransactionResult(0, data));
    }
    return outcome;
  }

  /** Executes a transaction that stands in the block, whatever comes of it. */
  final void include(Verified<T> transaction) {
    var outcome = next(transaction);
    entered.add(transaction);
    results.add(
        switch (outcome) {
          case Outcome.Done(var data) -> new TransactionResult(0, data);
          case Outcome.DoneBefore _ -> new TransactionResult(codeOfDoneBefore(), NO_DATA);
          case Outcome.Refused(var refusal) -> new TransactionResult(refusal.code(), NO_DATA);
        });
  }

  private Outcome next(Verified<T> transaction) {
    return execute(transaction.candidate(), new Position(height, entered.size()));
  }

  /** Whether this is the work on exactly this block. */
  final boolean isOn(long otherHeight, long otherTimeMillis, List<Verified<T>> others) {
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

  private static boolean isSame(Verified<?> one, Verified<?> other) {
    return one == other || one.candidate().transaction().equals(other.candidate().transaction());
  }
}
