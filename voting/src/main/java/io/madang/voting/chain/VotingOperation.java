package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.chain.Hash;
import io.madang.voting.ElectionId;

/** What a transaction asks of the voting channel, of one election. */
public sealed interface VotingOperation {
  /** The election that it is about. */
  ElectionId election();

  /** The next part of a record that is too long for one statement. */
  record AddPart(ElectionId election, RecordKind kind, int index, Bytes content)
      implements VotingOperation {}

  /** Defines the election by the hashes of its records, and says when ballots are taken. */
  record SetUp(ElectionId election, Terms terms) implements VotingOperation {}

  /** Takes an election back before it opens. */
  record Withdraw(ElectionId election) implements VotingOperation {}

  /** Ends the voting before its time. */
  record Close(ElectionId election) implements VotingOperation {}

  /** A voter's ballot, exactly as it was made. */
  record Cast(ElectionId election, Bytes ballot) implements VotingOperation {}

  /**
   * The encrypted tally.
   *
   * @param ballots how many are counted
   * @param weight the sum of their weights
   */
  record PublishTally(ElectionId election, Bytes tally, long ballots, long weight)
      implements VotingOperation {}

  /** A trustee's partial decryption; trustees are numbered from 1. */
  record Decrypt(ElectionId election, int owner, Bytes decryption) implements VotingOperation {}

  /** The result. */
  record PublishResult(ElectionId election, Bytes result) implements VotingOperation {}

  /**
   * What is fixed once the election is open.
   *
   * @param opensMillis the first block time at which ballots are accepted
   * @param closesMillis the first block time at which none is
   * @param leastBallots with fewer ballots that count there is no tally, so that no result tells
   *     how a handful of people voted
   * @param electionHash SHA-256 of the election record; the others likewise
   */
  record Terms(
      long opensMillis,
      long closesMillis,
      long leastBallots,
      Hash electionHash,
      Hash trusteesHash,
      Hash credentialsHash) {
    /** The largest {@link #leastBallots}. */
    public static final long MOST_LEAST_BALLOTS = 1_000_000;

    Hash hash(RecordKind kind) {
      return switch (kind) {
        case ELECTION -> electionHash;
        case TRUSTEES -> trusteesHash;
        case CREDENTIALS -> credentialsHash;
      };
    }
  }
}
