package io.madang.gateway.voting;

import io.madang.voting.ElectionId;
import io.vertx.core.Future;

/**
 * Remembers who took part in an election. It is told the voter and nothing about the ballot; what
 * it stores must not lead from one to the other, not even by order or time, nor after a crash.
 */
public interface Participation {
  /**
   * A voter is about to cast. That the voter took part is safe when this completes, before there is
   * a ballot, so that no crash can forget it; where the ballot is refused it is taken back.
   */
  Future<Attempt> begin(ElectionId election, String voter);

  /** One cast of a voter; exactly one of its methods is called, once. */
  interface Attempt {
    /** The ballot was accepted, or nobody knows. */
    Future<?> stands();

    /** The ballot was refused: the voter stands as before. */
    Future<?> takeBack();
  }
}
