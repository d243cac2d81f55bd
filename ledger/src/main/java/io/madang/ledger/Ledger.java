package io.madang.ledger;

import io.madang.chain.Verified;
import io.madang.chain.state.BlockWork;
import io.madang.chain.state.TableApplication;
import io.madang.ledger.Rows.Meta;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The ledger as a chain application: accounts, keys, assets, transfers, holds and refunds.
 *
 * <p>{@link #check} and the {@link #view} see the committed state and disturb no block in work.
 * Everything but {@link #admit} belongs to one thread at a time.
 */
public final class Ledger extends TableApplication<LedgerCandidate, State> {
  private LedgerView view = new LedgerView(state());

  /** A ledger that waits for {@link #initChain} or {@link #restore}. */
  public Ledger() {
    super(new State());
  }

  /** Reads the committed state. */
  public LedgerView view() {
    return view;
  }

  @Override
  protected State newState() {
    return new State();
  }

  @Override
  protected void readGenesis(State fresh, String chain, long genesisTimeMillis, byte[] appState) {
    Genesis.read(fresh, chain, genesisTimeMillis, appState);
  }

  @Override
  protected Optional<String> chainOf(State fresh) {
    return Optional.ofNullable(fresh.meta.pending(0)).map(Meta::chain);
  }

  @Override
  protected Function<byte[], Admission<LedgerCandidate>> readerOf(String chain) {
    return new LedgerReader(chain)::read;
  }

  @Override
  protected void inspect(State fresh) {
    Books.check(fresh);
  }

  @Override
  protected void afterCommit(State committed) {
    view = new LedgerView(committed);
  }

  @Override
  protected BlockWork<LedgerCandidate> begin(State pending, long height, long timeMillis) {
    return new LedgerWork(pending, height, timeMillis);
  }

  @Override
  public Outcome check(Verified<LedgerCandidate> transaction, long timeMillis) {
    var transactions = new Transactions(StateView.ofCommittedAt(state(), timeMillis));
    var position = new Position(standing().height() + 1, 0);
    return switch (transactions.decide(transaction.candidate(), position, timeMillis)) {
      case Transactions.Answered(var outcome) -> outcome;
      case Transactions.Due due -> new Outcome.Done(due.data());
    };
  }

  @Override
  public OptionalLong nextDeadlineMillis() {
    return state().holdEnds.first();
  }
}
