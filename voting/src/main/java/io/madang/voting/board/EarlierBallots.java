package io.madang.voting.board;

import io.madang.voting.Tracker;

/**
 * Gives back ballots that a board has accepted. The board remembers of each only its hashes; when a
 * voter votes again it asks for the ballot that no longer counts.
 */
@FunctionalInterface
public interface EarlierBallots {
  /** The bytes of a ballot that was accepted earlier and is the last of its credential. */
  byte[] bytes(Tracker tracker);
}
