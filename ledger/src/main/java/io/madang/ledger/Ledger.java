package io.madang.ledger;

import io.madang.chain.ChainApplication;
import io.madang.chain.Hash;
import io.madang.chain.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as a chain application: accounts, keys, assets, transfers, holds and refunds.
 *
 * <p>Refusals are answers and leave the state as it was: each transaction is decided first and
 * changes the state only when nothing can refuse any more. What breaks an invariant is a bug and
 * throws {@link IllegalStateException}; the process must then stop.
 *
 * <p>{@link #check} and the {@link #view} see the committed state and disturb no block in work.
 * Everything but {@link #admit} belongs to one thread at a time.
 */
public final class Ledger implements ChainApplication<LedgerCandidate> {
  private State state = new State();
  private LedgerView view = new LedgerView(state);
  private Standing standing = new Standing(0, state.hash());
  private long lastTimeMillis;
  private @Nullable BlockWork work;
  private @Nullable Hash finalizedHash;

  /** Written once, before the first transaction comes; read by every thread that admits. */
  private volatile @Nullable LedgerReader reader;

  /** A ledger that waits for {@link #initChain} or {@link #restore}. */
  public Ledger() {}

  /** Reads the committed state. */
  public LedgerView view() {
    return view;
  }

  @Override
  public Standing standing() {
    return standing;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException before the chain is known
   */
  @Override
  public Admission<LedgerCandidate> admit(byte[] transaction) {
    var known = reader;
    if (known == null) {
      throw new IllegalStateException("neither initChain nor restore was called");
    }
    return known.read(transaction);
  }

  @Override
  public Hash initChain(String chain, long genesisTimeMillis, byte[] appState) {
    requireNew();
    var fresh = new State();
    Genesis.read(fresh, chain, genesisTimeMillis, appState);
    begin(chain, fresh, 0);
    lastTimeMillis = genesisTimeMillis;
    return standing.stateHash();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when the rows are not what a ledger of this chain wrote
   */
  @Override
  public Hash restore(String chain, long height, Stream<StateRow> rows) {
    requireNew();
    var fresh = new State();
    fresh.restore(rows);
    var meta = fresh.meta.pending(0);
    if (meta == null || !meta.chain().equals(chain)) {
      throw new IllegalStateException("the stored state is not of the chain " + chain);
    }
    begin(chain, fresh, height);
    return standing.stateHash();
  }

  private void requireNew() {
    if (reader != null) {
      throw new IllegalStateException("this ledger has a chain already");
    }
  }

  private void begin(String chain, State fresh, long height) {
    Books.check(fresh);
    standing = new Standing(height, fresh.hash());
    fresh.commit();
    state = fresh;
    view = new LedgerView(fresh);
    reader = new LedgerReader(chain);
  }

  @Override
  public Stream<StateRow> rows() {
    return state.rows();
  }

  @Override
  public Outcome check(Verified<LedgerCandidate> transaction, long timeMillis) {
    var transactions = new Transactions(StateView.ofCommittedAt(state, timeMillis));
    var position = new Position(standing.height() + 1, 0);
    return switch (transactions.decide(transaction.candidate(), position, timeMillis)) {
      case Transactions.Answered(var outcome) -> outcome;
      case Transactions.Due due -> new Outcome.Done(due.data());
    };
  }

  @Override
  public Proposal<LedgerCandidate> prepareProposal(
      long height, long timeMillis, List<Verified<LedgerCandidate>> candidates) {
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
  public boolean processProposal(BlockRequest<LedgerCandidate> block) {
    return isNext(block.height())
        && block.timeMillis() >= lastTimeMillis
        && block.transactions().size() <= BlockWork.MAX_TRANSACTIONS;
  }

  @Override
  public FinalizedBlock finalizeBlock(BlockRequest<LedgerCandidate> block) {
    var current = work;
    if (current == null
        || finalizedHash != null
        || !current.isOn(block.height(), block.timeMillis(), block.transactions())) {
      current = startBlock(block.height(), block.timeMillis());
      block.transactions().forEach(current::include);
    }
    current.close();
    var hash = current.stateHash();
    finalizedHash = hash;
    return new FinalizedBlock(current.results(), hash);
  }

  @Override
  public List<StateRow> commit() {
    var finished = work;
    var hash = finalizedHash;
    if (finished == null || hash == null) {
      throw new IllegalStateException("no block was finalized");
    }
    var changed = state.commit();
    standing = new Standing(finished.height(), hash);
    lastTimeMillis = finished.timeMillis();
    work = null;
    finalizedHash = null;
    return changed;
  }

  @Override
  public OptionalLong nextDeadlineMillis() {
    return state.holdEnds.first();
  }

  /** Begins a block anew, on the committed state. */
  private BlockWork startBlock(long height, long timeMillis) {
    if (!isNext(height)) {
      throw new IllegalArgumentException(
          "height " + height + " does not follow " + standing.height());
    }
    if (timeMillis < lastTimeMillis) {
      throw new IllegalArgumentException("block time goes back: " + timeMillis);
    }
    state.discard();
    var block = new BlockWork(state, height, timeMillis);
    work = block;
    finalizedHash = null;
    return block;
  }

  /** A new chain may begin at any height: it may continue the state of another. */
  private boolean isNext(long height) {
    return standing.height() == 0 ? height > 0 : height == standing.height() + 1;
  }
}
