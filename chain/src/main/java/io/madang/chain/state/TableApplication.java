package io.madang.chain.state;

import io.madang.chain.ChainApplication;
import io.madang.chain.Hash;
import io.madang.chain.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The life of a chain application whose state is tables: from its first or restored state through
 * each block, which is tried, finalized and committed. What transactions mean, its subclass says.
 *
 * <p>Refusals are answers and leave the state as it was: each transaction is decided first and
 * changes the state only when nothing can refuse any more. What breaks an invariant is a bug and
 * throws {@link IllegalStateException}; the process must then stop.
 *
 * @param <T> what the application understands of a transaction
 * @param <S> what it remembers
 */
public abstract class TableApplication<T extends ChainApplication.Candidate, S extends TableState>
    implements ChainApplication<T> {
  private S state;
  private Standing standing;
  private long lastTimeMillis;
  private @Nullable BlockWork<T> work;
  private @Nullable Hash finalizedHash;

  /** Written once, before the first transaction comes; read by every thread that admits. */
  private volatile @Nullable Function<byte[], Admission<T>> reader;

  /**
   * An application that waits for {@link #initChain} or {@link #restore}.
   *
   * @param empty a state with nothing in it
   */
  protected TableApplication(S empty) {
    state = empty;
    standing = new Standing(0, empty.hash());
  }

  /** A state with nothing in it. */
  protected abstract S newState();

  /**
   * Fills a new chain's state.
   *
   * @throws IllegalArgumentException when the application state is not valid
   */
  protected abstract void readGenesis(
      S fresh, String chain, long genesisTimeMillis, byte[] appState);

  /** The chain whose state this is; empty when the state does not say. */
  protected abstract Optional<String> chainOf(S fresh);

  /** What reads the transactions of a chain, on any thread. */
  protected abstract Function<byte[], Admission<T>> readerOf(String chain);

  /** Begins a block on a state without pending changes. */
  protected abstract BlockWork<T> begin(S pending, long height, long timeMillis);

  /**
   * Looks at a first or restored state before it counts.
   *
   * @throws IllegalStateException when it breaks an invariant
   */
  protected void inspect(S fresh) {}

  /** Called each time before pending changes become the committed state. */
  protected void beforeCommit(S pending) {}

  /** Called each time after pending changes became the committed state. */
  protected void afterCommit(S committed) {}

  /** The state, committed and pending. */
  protected final S state() {
    return state;
  }

  @Override
  public final Standing standing() {
    return standing;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException before the chain is known
   */
  @Override
  public final Admission<T> admit(byte[] transaction) {
    var known = reader;
    if (known == null) {
      throw new IllegalStateException("neither initChain nor restore was called");
    }
    return known.apply(transaction);
  }

  @Override
  public final Hash initChain(String chain, long genesisTimeMillis, byte[] appState) {
    requireNew();
    var fresh = newState();
    readGenesis(fresh, chain, genesisTimeMillis, appState);
    take(chain, fresh, 0);
    lastTimeMillis = genesisTimeMillis;
    return standing.stateHash();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when the rows are not what this application wrote on this chain
   */
  @Override
  public final Hash restore(String chain, long height, Stream<StateRow> rows) {
    requireNew();
    var fresh = newState();
    fresh.restore(rows);
    if (!chainOf(fresh).equals(Optional.of(chain))) {
      throw new IllegalStateException("the stored state is not of the chain " + chain);
    }
    take(chain, fresh, height);
    return standing.stateHash();
  }

  private void requireNew() {
    if (reader != null) {
      throw new IllegalStateException("this application has a chain already");
    }
  }

  private void take(String chain, S fresh, long height) {
    inspect(fresh);
    standing = new Standing(height, fresh.hash());
    beforeCommit(fresh);
    fresh.commit();
    state = fresh;
    reader = readerOf(chain);
    afterCommit(fresh);
  }

  @Override
  public final Stream<StateRow> rows() {
    return state.rows();
  }

  @Override
  public final Proposal<T> prepareProposal(
      long height, long timeMillis, List<Verified<T>> candidates) {
    if (candidates.size() > BlockWork.MAX_TRANSACTIONS) {
      throw new IllegalArgumentException("too many candidates: " + candidates.size());
    }
    var block = startBlock(height, timeMillis);
    var outcomes = new ArrayList<Outcome>(candidates.size());
    for (var candidate : candidates) {
      outcomes.add(block.offer(candidate));
    }
    return new Proposal<>(block.entered(), outcomes);
  }

  /** Accepts every block that can be executed: what is refused in it is a result, not a fault. */
  @Override
  public final boolean processProposal(BlockRequest<T> block) {
    return isNext(block.height())
        && block.timeMillis() >= lastTimeMillis
        && block.transactions().size() <= BlockWork.MAX_TRANSACTIONS;
  }

  @Override
  public final FinalizedBlock finalizeBlock(BlockRequest<T> block) {
    var current = work;
    if (current == null
        || finalizedHash != null
        || !current.isOn(block.height(), block.timeMillis(), block.transactions())) {
      current = startBlock(block.height(), block.timeMillis());
      block.transactions().forEach(current::include);
    }
    current.close();
    var hash = state.hash();
    finalizedHash = hash;
    return new FinalizedBlock(current.results(), hash);
  }

  @Override
  public final List<StateRow> commit() {
    var finished = work;
    var hash = finalizedHash;
    if (finished == null || hash == null) {
      throw new IllegalStateException("no block was finalized");
    }
    beforeCommit(state);
    var changed = state.commit();
    standing = new Standing(finished.height(), hash);
    lastTimeMillis = finished.timeMillis();
    work = null;
    finalizedHash = null;
    afterCommit(state);
    return changed;
  }

  /** Begins a block anew, on the committed state. */
  private BlockWork<T> startBlock(long height, long timeMillis) {
    if (!isNext(height)) {
      throw new IllegalArgumentException(
          "height " + height + " does not follow " + standing.height());
    }
    if (timeMillis < lastTimeMillis) {
      throw new IllegalArgumentException("block time goes back: " + timeMillis);
    }
    state.discard();
    var block = begin(state, height, timeMillis);
    work = block;
    finalizedHash = null;
    return block;
  }

  /** A new chain may begin at any height: it may continue the state of another. */
  private boolean isNext(long height) {
    return standing.height() == 0 ? height > 0 : height == standing.height() + 1;
  }
}
