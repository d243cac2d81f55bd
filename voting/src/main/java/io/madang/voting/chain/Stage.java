package io.madang.voting.chain;

/** Where an election on the chain is. Opening and closing go by block time. */
public enum Stage {
  /** Parts of its records are arriving. */
  DRAFT,
  /** Defined and checked; voting has not begun, and it may still be withdrawn. */
  ANNOUNCED,
  /** Ballots are accepted; nothing about the election changes any more. */
  OPEN,
  /** No more ballots; the encrypted tally is to come. */
  CLOSED,
  /** The encrypted tally stands; trustees decrypt. */
  DECRYPTING,
  /** The result stands. */
  FINISHED,
  /** Taken back before it opened; its identifier is never used again. */
  WITHDRAWN
}
