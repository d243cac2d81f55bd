package io.madang.voting.board;

/** Where an election is; each follows the one before. */
public enum Phase {
  /** Ballots are accepted. */
  VOTING,
  /** No more ballots; the encrypted tally is to come. */
  CLOSED,
  /** The encrypted tally stands; trustees decrypt. */
  DECRYPTING,
  /** The result stands. */
  FINISHED
}
