package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.voting.ElectionId;
import java.util.List;

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

  /** What concerns an election that another system holds and this channel only witnesses. */
  sealed interface Attached extends VotingOperation {}

  /** Gives an attached election its board, which is open from then on. */
  record OpenAttached(ElectionId election, AttachedTerms terms) implements Attached {}

  /** Posts the hashes of ballots as they arrived: at least one, all of them new. */
  record PostHashes(ElectionId election, List<Hash> hashes) implements Attached {
    public PostHashes {
      hashes = List.copyOf(hashes);
    }
  }

  /** Ends the board of an attached election before its time. */
  record CloseAttached(ElectionId election) implements Attached {}

  /** Publishes the result of an attached election. */
  record PublishAttached(ElectionId election, AttachedResult result) implements Attached {}

  /**
   * What is fixed about an attached election when its board opens.
   *
   * @param key the only key that may post to it
   * @param titleEnglish what it is about; 1 to 200 characters, as the Korean one
   * @param closesMillis the first block time at which no hash is accepted
   */
  record AttachedTerms(PublicKey key, String titleEnglish, String titleKorean, long closesMillis) {}

  /**
   * The result of an attached election as its system tells it; nothing here can check it.
   *
   * @param hash SHA-256 of the document that the system publishes about it
   * @param text the counts in words
   */
  record AttachedResult(Hash hash, String text) {}

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
