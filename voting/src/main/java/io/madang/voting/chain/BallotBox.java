package io.madang.voting.chain;

import io.madang.chain.Verified;
import io.madang.chain.state.BlockWork;
import io.madang.chain.state.TableApplication;
import io.madang.voting.ElectionId;
import io.madang.voting.board.Checks;
import io.madang.voting.chain.Rows.Meta;
import java.util.HashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The voting channel as a chain application: several elections side by side, each from its setup to
 * its result. Every member checks every proof itself before a record stands. Elections open and
 * close by block time.
 *
 * <p>{@link #check} and the {@link #view} see the committed state and disturb no block in work.
 * Everything but {@link #admit}, {@link #takesLong} and {@link #checkAhead} belongs to one thread
 * at a time.
 */
public final class BallotBox extends TableApplication<VotingCandidate, VotingState> {
  private final ProofChecks proofs;

  /**
   * A ballot box that waits for {@link #initChain} or {@link #restore}.
   *
   * @param checks runs the checks of an election's credentials when it is set up
   */
  public BallotBox(Checks checks) {
    super(new VotingState());
    proofs = new ProofChecks(checks);
  }

  /** Reads the committed state. */
  public BallotBoxView view() {
    return new BallotBoxView(StateView.ofCommitted(state()), state(), proofs);
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
  protected VotingState newState() {
    return new VotingState();
  }

  @Override
  protected void readGenesis(
      VotingState fresh, String chain, long genesisTimeMillis, byte[] appState) {
    fresh.meta.add(Genesis.read(chain, appState));
  }

  @Override
  protected Optional<String> chainOf(VotingState fresh) {
    return Optional.ofNullable(fresh.meta.pending(0)).map(Meta::chain);
  }

  @Override
  protected Function<byte[], Admission<VotingCandidate>> readerOf(String chain) {
    return new VotingReader(chain)::read;
  }

  @Override
  protected void beforeCommit(VotingState pending) {
    pending.tellDrafts(proofs.drafts());
  }

  /** Tells those who check ahead which elections ballots may come for. */
  @Override
  protected void afterCommit(VotingState committed) {
    var view = StateView.ofCommitted(committed);
    var definitions = new HashMap<ElectionId, Definition>();
    for (int slot = 0; slot < committed.elections.committedSize(); slot++) {
      var row = view.election(slot);
      if (row.stage() == Stage.ANNOUNCED || row.stage() == Stage.OPEN) {
        definitions.put(row.id(), proofs.definition(view, row));
      }
    }
    proofs.setCurrent(definitions);
  }

  @Override
  protected BlockWork<VotingCandidate> begin(VotingState pending, long height, long timeMillis) {
    return new VotingWork(pending, proofs, height, timeMillis);
  }

  @Override
  public Outcome check(Verified<VotingCandidate> transaction, long timeMillis) {
    var transactions = new Transactions(StateView.ofCommitted(state()), proofs, timeMillis);
    return switch (transactions.decide(transaction.candidate())) {
      case Transactions.Answered(var outcome) -> outcome;
      case Transactions.Due(var data, _) -> new Outcome.Done(data);
    };
  }

  @Override
  public OptionalLong nextDeadlineMillis() {
    return state().nextTurnMillis();
  }
}
