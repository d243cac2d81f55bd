package io.madang.gateway.engine;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.Statement;
import java.util.Optional;

/**
 * The gateway's own say before a transaction is ordered, for rules that are not the chain's: an
 * intent that expired, for example. Called on the sequencer's thread, in order, so an
 * implementation needs no lock among its own calls but must not block.
 *
 * <p>A transaction that took effect before is answered as such, whatever the policy says now.
 */
public interface OrderingPolicy {
  /** Lets everything through. */
  OrderingPolicy OPEN = (transaction, blockTimeMillis) -> Optional.empty();

  /**
   * Why the transaction must not be ordered now, or empty to let it through. Letting it through may
   * reserve something (an intent is paid by one transfer only); {@link #ended} tells whether to
   * keep it.
   */
  Optional<Refusal> refusal(Statement transaction, long blockTimeMillis);

  /** What became of a transaction that was let through, once durable and before it is answered. */
  default void ended(Statement transaction, Outcome outcome) {}
}
