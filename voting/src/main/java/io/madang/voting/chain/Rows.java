package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.StatementId;
import io.madang.chain.state.Deadlines;
import io.madang.voting.ElectionId;
import io.madang.voting.Tracker;
import io.madang.voting.archive.ArchiveWriter;
import io.madang.voting.group.Group;
import io.madang.voting.tally.EncryptedTally;
import java.util.List;
import java.util.Optional;

/** The rows of the voting channel's state. */
final class Rows {
  private Rows() {}

  /** Which chain this is, and whose keys may set up elections. */
  record Meta(String chain, List<PublicKey> administrators) {
    Meta {
      administrators = List.copyOf(administrators);
    }
  }

  /** How many parts of each record arrived, and their length together. */
  record Parts(int election, int trustees, int credentials, long bytes) {
    static final Parts NONE = new Parts(0, 0, 0, 0);

    int count(RecordKind kind) {
      return switch (kind) {
        case ELECTION -> election;
        case TRUSTEES -> trustees;
        case CREDENTIALS -> credentials;
      };
    }

    Parts plus(RecordKind kind, int length) {
      return switch (kind) {
        case ELECTION -> new Parts(election + 1, trustees, credentials, bytes + length);
        case TRUSTEES -> new Parts(election, trustees + 1, credentials, bytes + length);
        case CREDENTIALS -> new Parts(election, trustees, credentials + 1, bytes + length);
      };
    }
  }

  /**
   * Ballots so far.
   *
   * @param accepted all of them, replaced ones too
   * @param counted those that count
   * @param weight the sum of the weights of those that count
   */
  record Counts(long accepted, long counted, long weight) {
    static final Counts NONE = new Counts(0, 0, 0);
  }

  /** An election. */
  record ElectionRow(
      ElectionId id,
      PublicKey administrator,
      Stage stage,
      Parts parts,
      Optional<VotingOperation.Terms> terms,
      Head head,
      Counts counts,
      Bytes result) {

    static ElectionRow draft(ElectionId id, PublicKey administrator) {
      return new ElectionRow(
          id,
          administrator,
          Stage.DRAFT,
          Parts.NONE,
          Optional.empty(),
          Head.NONE,
          Counts.NONE,
          Bytes.EMPTY);
    }

    ElectionRow with(Parts more) {
      return new ElectionRow(id, administrator, stage, more, terms, head, counts, result);
    }

    ElectionRow announced(VotingOperation.Terms fixed, Head setup) {
      return new ElectionRow(
          id, administrator, Stage.ANNOUNCED, parts, Optional.of(fixed), setup, counts, result);
    }

    ElectionRow withdrawn() {
      return new ElectionRow(
          id,
          administrator,
          Stage.WITHDRAWN,
          Parts.NONE,
          Optional.empty(),
          Head.NONE,
          counts,
          result);
    }

    ElectionRow with(Head next, Counts now) {
      return new ElectionRow(id, administrator, stage, parts, terms, next, now, result);
    }

    ElectionRow at(Stage later, Head next) {
      return new ElectionRow(id, administrator, later, parts, terms, next, counts, result);
    }

    ElectionRow finished(Bytes right, Head next) {
      return new ElectionRow(id, administrator, Stage.FINISHED, parts, terms, next, counts, right);
    }

    /** The election after what time alone does to it. */
    ElectionRow at(long timeMillis) {
      var now = this;
      if (now.stage == Stage.ANNOUNCED && timeMillis >= fixed().opensMillis()) {
        now = now.at(Stage.OPEN, head);
      }
      if (now.stage == Stage.OPEN && timeMillis >= fixed().closesMillis()) {
        now = now.at(Stage.CLOSED, head.after(ArchiveWriter::endBallots));
      }
      return now;
    }

    /** When time does something to it next, or {@link Deadlines#NEVER}. */
    long deadlineMillis() {
      return switch (stage) {
        case ANNOUNCED -> fixed().opensMillis();
        case OPEN -> fixed().closesMillis();
        case DRAFT, CLOSED, DECRYPTING, FINISHED, WITHDRAWN -> Deadlines.NEVER;
      };
    }

    /** The terms of an election that has been announced. */
    VotingOperation.Terms fixed() {
      return terms.orElseThrow(() -> new IllegalStateException("not announced: " + id));
    }
  }

  /** A part of one of an election's records. */
  record PartRow(PartKey key, Bytes content) {}

  record PartKey(ElectionId election, RecordKind kind, int index) {}

  /** The encrypted tally of the ballots that count now, by the election's slot. */
  record TallyRow(int election, Group group, EncryptedTally tally) {}

  /**
   * A ballot on the board, without its proofs.
   *
   * @param credential the index in the election's list
   * @param ciphertexts the hash of each
   * @param answers as {@link EncryptedTally#toRecord}; empty once the voter has voted again
   */
  record BallotRow(
      int election, int credential, Tracker tracker, List<Hash> ciphertexts, Bytes answers) {
    BallotRow {
      ciphertexts = List.copyOf(ciphertexts);
    }

    BallotRow replaced() {
      return new BallotRow(election, credential, tracker, ciphertexts, Bytes.EMPTY);
    }
  }

  /** What belongs to an election, named by the election's slot and a hash. */
  record HashKey(int election, Hash hash) {}

  /** What belongs to an election, named by the election's slot and a number. */
  record NumberKey(int election, int number) {}

  /** A trustee's partial decryption. */
  record DecryptionRow(NumberKey key, Bytes record) {}

  /** A statement that took effect, kept for as long as it is valid. */
  record UseRow(UseKey key, Hash statement, Position position, long validUntilMillis, Bytes data) {}

  record UseKey(PublicKey signer, StatementId id) {}
}
