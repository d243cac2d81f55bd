package io.madang.voting.chain;

import io.madang.chain.ChainApplication;
import io.madang.chain.Hash;
import io.madang.chain.Verified;
import io.madang.voting.ElectionId;
import io.madang.voting.board.Checks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The voting channel as a chain application: several elections side by side, each from its setup to
 * its result. Every member checks every proof itself before a record stands.
 *
 * <p>Refusals are answers and leave the state as it was: each transaction is decided first and
 * changes the state only when nothing can refuse any more. Elections open and close by block time.
 *
 * <p>{@link #check} and the {@link #view} see the committed state and disturb no block in work.
 * Everything but {@link #admit}, {@link #takesLong} and {@link #checkAhead} belongs to one thread
 * at a time.
 */
public final class BallotBox implements ChainApplication<VotingCandidate> {
  private final ProofChecks proofs;
  private VotingState state = new VotingState();
  private Standing standing = new Standing(0, state.hash());
  private long lastTimeMillis;
  private @Nullable BlockWork work;
  private @Nullable Hash finalizedHash;

  /** Written once, before the first transaction comes; read by every thread that admits. */
  private volatile @Nullable VotingReader reader;

  /**
   * A ballot box that waits for {@link #initChain} or {@link #restore}.
   *
   * @param checks runs the checks of an election's credentials when it is set up
   */
  public BallotBox(Checks checks) {
    proofs = new ProofChecks(checks);
  }

  /** Reads the committed state. */
  public BallotBoxView view() {
    return new BallotBoxView(StateView.ofCommitted(state), state, proofs);
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
  public Admission<VotingCandidate> admit(byte[] transaction) {
    var known = reader;
    if (known == null) {
      throw new IllegalStateException("neither initChain nor restore was called");
    }
    return known.read(transaction);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Here a ballot's proofs are checked, and the records of an election when it is announced,
   * which is nearly all the work that these need.
   */
  @Override
  public void checkAhead(Verified<VotingCandidate> transaction) {
    switch (transaction.candidate().operation()) {
      case VotingOperation.Cast cast -> proofs.ahead(cast);
      case VotingOperation.SetUp setUp ->
          proofs.ahead(setUp, transaction.candidate().transaction().signer());
      default -> {}
    }
  }

  /** {@inheritDoc} The credentials of an election may be many thousand. */
  @Override
  public boolean takesLong(VotingCandidate candidate) {
    return candidate.operation() instanceof VotingOperation.SetUp;
  }

  @Override
  public Hash initChain(String chain, long genesisTimeMillis, byte[] appState) {
    requireNew();
    var fresh = new VotingState();
    fresh.meta.add(Genesis.read(chain, appState));
    begin(chain, fresh, 0);
    lastTimeMillis = genesisTimeMillis;
    return standing.stateHash();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when the rows are not what a ballot box of this chain wrote
   */
  @Override
  public Hash restore(String chain, long height, Stream<StateRow> rows) {
    requireNew();
    var fresh = new VotingState();
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
      throw new IllegalStateException("this ballot box has a chain already");
    }
  }

  private void begin(String chain, VotingState fresh, long height) {
    standing = new Standing(height, fresh.hash());
    fresh.tellDrafts(proofs.drafts());
    fresh.commit();
    state = fresh;
    reader = new VotingReader(chain);
    tellCurrentElections();
  }

  private void tellCurrentElections() {
    var committed = StateView.ofCommitted(state);
    var definitions = new HashMap<ElectionId, Definition>();
    for (int slot = 0; slot < state.elections.committedSize(); slot++) {
      var row = committed.election(slot);
      if (row.stage() == Stage.ANNOUNCED || row.stage() == Stage.OPEN) {
        definitions.put(row.id(), proofs.definition(committed, row));
      }
    }
    proofs.setCurrent(definitions);
  }

  @Override
  public Stream<StateRow> rows() {
    return state.rows();
  }

  @Override
  public Outcome check(Verified<VotingCandidate> transaction, long timeMillis) {
    var transactions = new Transactions(StateView.ofCommitted(state), proofs, timeMillis);
    return switch (transactions.decide(transaction.candidate())) {
      case Transactions.Answered(var outcome) -> outcome;
      case Transactions.Due(var data, _) -> new Outcome.Done(data);
    };
  }

  @Override
  public Proposal<VotingCandidate> prepareProposal(
      long height, long timeMillis, List<Verified<VotingCandidate>> candidates) {
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
  public boolean processProposal(BlockRequest<VotingCandidate> block) {
    return isNext(block.height())
        && block.timeMillis() >= lastTimeMillis
        && block.transactions().size() <= BlockWork.MAX_TRANSACTIONS;
  }

  @Override
  public FinalizedBlock finalizeBlock(BlockRequest<VotingCandidate> block) {
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
  public List<StateRow> commit() {
    var finished = work;
    var hash = finalizedHash;
    if (finished == null || hash == null) {
      throw new IllegalStateException("no block was finalized");
    }
    state.tellDrafts(proofs.drafts());
    var changed = state.commit();
    standing = new Standing(finished.height(), hash);
    lastTimeMillis = finished.timeMillis();
    work = null;
    finalizedHash = null;
    tellCurrentElections();
    return changed;
  }

  @Override
  public OptionalLong nextDeadlineMillis() {
    return state.nextTurnMillis();
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
    var block = new BlockWork(state, proofs, height, timeMillis);
    work = block;
    finalizedHash = null;
    return block;
  }

  /** A new chain may begin at any height: it may continue the state of another. */
  private boolean isNext(long height) {
    return standing.height() == 0 ? height > 0 : height == standing.height() + 1;
  }
}
