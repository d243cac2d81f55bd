package io.madang.chain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The port between an engine, which orders transactions and makes them durable, and the state
 * machine that says what they mean. Shaped like ABCI 2.0 (CometBFT), so that one state machine runs
 * under the embedded engine and under a consortium's.
 *
 * <p>An implementation is deterministic: the same calls give the same answers on every machine. It
 * has no clock, randomness, I/O or threads. All methods but {@link #admit}, {@link #takesLong} and
 * {@link #checkAhead} are called by one thread at a time. Order of calls: {@link #initChain} once
 * for a new chain or {@link #restore} for an existing one; then for each height any number of
 * {@link #prepareProposal} and {@link #processProposal}, one {@link #finalizeBlock}, one {@link
 * #commit}.
 *
 * @param <T> what the application understands of a transaction
 */
public interface ChainApplication<T extends ChainApplication.Candidate> {

  /** A well-formed transaction whose signatures are not verified yet. */
  interface Candidate {
    /** The transaction itself, with the bytes as they came. */
    Statement transaction();

    /** The transaction followed by every statement nested in it: all must verify. */
    List<Statement> statements();
  }

  /** What {@link #admit} answers. */
  sealed interface Admission<T> {
    /** Well-formed; its signatures may be verified now. */
    record Admitted<T>(T candidate) implements Admission<T> {}

    /** Not a transaction of this application, whatever the state. */
    record NotAdmitted<T>(Refusal refusal) implements Admission<T> {}
  }

  /**
   * Why a transaction is refused. The code is stable and enters results; name and detail are for
   * people and programs at the border.
   *
   * @param code greater than zero
   * @param name stable kebab-case name, such as {@code insufficient-funds}
   * @param detail one plain sentence
   * @param retryCanHelp whether the same bytes may succeed later
   */
  record Refusal(int code, String name, String detail, boolean retryCanHelp) {}

  /** What a transaction came to. */
  sealed interface Outcome {
    /** It took effect (code 0). */
    record Done(byte[] data) implements Outcome {}

    /** The same bytes took effect before, at this position; nothing happens again. */
    record DoneBefore(Position position, byte[] data) implements Outcome {}

    /** It did not take effect, and the state is as it was. */
    record Refused(Refusal refusal) implements Outcome {}
  }

  /** The height and the index (from 0) of a transaction in its block. */
  record Position(long height, int index) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
      int byHeight = Long.compare(height, other.height);
      return byHeight != 0 ? byHeight : Integer.compare(index, other.index);
    }

    /** As in {@code 1042.7}. */
    @Override
    public String toString() {
      return height + "." + index;
    }
  }

  /** The last committed height (0 = none) and the state hash after it. */
  record Standing(long height, Hash stateHash) {}

  /**
   * A row of state as it is stored: a slot of a numbered table.
   *
   * @param row the bytes, or empty when the slot was cleared
   */
  record StateRow(int table, long slot, Optional<byte[]> row) {}

  /** Which candidates to keep, in order, and what became of every one of them. */
  record Proposal<T extends Candidate>(List<Verified<T>> kept, List<Outcome> outcomes) {}

  /**
   * A block to execute.
   *
   * @param timeMillis block time; never goes back
   */
  record BlockRequest<T extends Candidate>(
      long height, long timeMillis, List<Verified<T>> transactions) {}

  /**
   * The effect of a block.
   *
   * @param results one for each transaction, in order; {@link Outcome.DoneBefore} counts as a
   *     refusal there, with a code of its own
   * @param stateHash 32 bytes over the whole state; unchanged when nothing changed
   */
  record FinalizedBlock(List<TransactionResult> results, Hash stateHash) {}

  /** Where the application stands. */
  Standing standing();

  /** Reads a transaction without looking at any state. Thread-safe. Never throws on any bytes. */
  Admission<T> admit(byte[] transaction);

  /**
   * Does work ahead whose result does not depend on the order of transactions, and remembers it: an
   * engine may call this on any thread, before or while the transaction waits for its block, or
   * never. It changes no answer, only how long the others take.
   */
  default void checkAhead(Verified<T> transaction) {}

  /**
   * Whether {@link #checkAhead} of this one may take so long that those who came after it should
   * not wait for it. Such a transaction is ordered when it is checked, after them. Thread-safe.
   */
  default boolean takesLong(T candidate) {
    return false;
  }

  /**
   * Begins a new chain.
   *
   * @param appState the genesis document's application state, canonical JSON
   * @return the state hash that the first header carries
   * @throws IllegalArgumentException when the application state is not valid
   */
  Hash initChain(String chain, long genesisTimeMillis, byte[] appState);

  /**
   * Takes up the state as it was stored.
   *
   * @return the state hash, recomputed from the rows
   */
  Hash restore(String chain, long height, Stream<StateRow> rows);

  /** Every row of the committed state, by table and slot. */
  Stream<StateRow> rows();

  /** Whether the transaction would take effect on the committed state at this time. */
  Outcome check(Verified<T> transaction, long timeMillis);

  /**
   * Chooses what enters the next block: candidates that take effect one after the other stay, the
   * others are answered and leave no trace. The work is remembered, so that {@link #finalizeBlock}
   * with the same block does not repeat it.
   */
  Proposal<T> prepareProposal(long height, long timeMillis, List<Verified<T>> candidates);

  /** Whether a proposed block is acceptable; anything {@link #prepareProposal} made is. */
  boolean processProposal(BlockRequest<T> block);

  /** Executes the block on a copy of the state; nothing is kept until {@link #commit}. */
  FinalizedBlock finalizeBlock(BlockRequest<T> block);

  /**
   * Makes the finalized block the committed state and tells which rows changed, by table and slot.
   */
  List<StateRow> commit();

  /** The next time at which state changes by time alone (a hold expires), if any. */
  OptionalLong nextDeadlineMillis();
}
