package io.madang.gateway.engine;

import io.madang.chain.ChainApplication;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.Receipt;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.JsonObject;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Orders transactions, makes them durable and shows what is recorded. May be called from any
 * thread; futures complete on the caller's context when it has one.
 *
 * @param <A> the chain application that the engine drives
 */
public interface Engine<A extends ChainApplication<?>> {

  /**
   * Submits a transaction and answers once the answer is durable.
   *
   * <p>A refusal is an answer. The future fails only when the caller cannot know whether the
   * transaction is in the chain; sending the same bytes again is then safe.
   *
   * @param transaction the bytes of the JWS, as they came
   */
  Future<Answer> submit(byte[] transaction);

  /** How many transactions were taken on and are not answered yet. */
  int waiting();

  /** Where the chain stands: the last durable block. */
  EngineStanding standing();

  /** The chain's first document: application state, members and time. */
  Genesis genesis();

  /** Who signs blocks. */
  TrustedMembers members();

  /**
   * Asks the application about its durable state. The question runs between two blocks, on the
   * sequencer's thread: it must be short, keep no reference to the application and not block.
   */
  <R> Future<R> ask(Function<A, R> question);

  /** The block of this height, if there is one. */
  Future<Optional<RecordedBlock>> block(long height);

  /**
   * The blocks of these heights, both included, in order; those that are not there are left out.
   */
  Future<List<RecordedBlock>> recorded(long from, long to);

  /**
   * Blocks in descending order.
   *
   * @param before only blocks below this height; {@link Long#MAX_VALUE} for the newest
   * @param limit at most so many, 1 to 1000
   */
  Future<List<BlockSummary>> blocks(long before, int limit);

  /**
   * Headers and results of blocks in descending order, without the transactions: some of those just
   * below a height, at least one if there is any.
   *
   * @param below only blocks below this height
   * @param limit at most so many, 1 to 1000; fewer when they are full
   */
  Future<List<BlockResults>> results(long below, int limit);

  /** The transaction with this hash, if it took effect. */
  Future<Optional<RecordedTransaction>> transaction(Hash hash);

  /** The transaction at this position, if there is one. */
  Future<Optional<RecordedTransaction>> transaction(Position position);

  /**
   * The receipt of a transaction (formats, section 6). Waits for the proof block when the
   * transaction is in the newest block; empty when no such transaction took effect.
   */
  Future<Optional<Receipt>> receipt(Hash hash);

  /** The payment proof that a refund carries (formats, section 3), if there is such a position. */
  Future<Optional<JsonObject>> paymentProof(Position position);

  /**
   * Hands every block after a height to a listener, in order, without gaps: first those that are
   * stored, then each new one once it is durable. The next ones are handed over when the returned
   * future has completed; when it failed, the same blocks come again after a pause.
   *
   * <p>A listener that stores the last height it has worked off in the same database transaction as
   * its work sees each block's effect exactly once.
   *
   * @param height the last height the listener has worked off, 0 for none
   */
  Subscription follow(long height, BlockListener listener);

  /** Sets what is asked about each transaction just before it is ordered. */
  void setOrderingPolicy(OrderingPolicy policy);

  /** Sets what is asked about each transaction before its signature is verified. */
  void setAdmissionPolicy(AdmissionPolicy policy);

  /** Receives blocks in order. */
  interface BlockListener {
    /** Works off at least one and at most 64 consecutive blocks. */
    Future<?> accept(List<RecordedBlock> blocks);
  }

  /** Ends a listener's subscription. */
  interface Subscription {
    /** Hands over no further blocks. One that was handed over may still be at work. */
    void cancel();
  }
}
