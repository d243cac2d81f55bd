package io.madang.gateway.voting;

import io.madang.voting.ElectionId;
import io.vertx.core.Future;

/**
 * Remembers who took part in an election. It is told the voter and nothing about the ballot, after
 * the ballot was accepted; what it stores must not lead from one to the other, not even by order or
 * time.
 */
public interface Participation {
  /** Remembers nothing. */
  Participation NOBODY_ASKS = (election, voter) -> Future.succeededFuture();

  /**
   * A ballot was accepted from this voter. Not called again for the same ballot; called again when
   * the voter votes again.
   */
  Future<?> tookPart(ElectionId election, String voter);
}
