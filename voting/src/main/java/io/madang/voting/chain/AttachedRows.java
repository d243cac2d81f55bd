package io.madang.voting.chain;

import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.state.Deadlines;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.VotingOperation.AttachedResult;
import io.madang.voting.chain.VotingOperation.AttachedTerms;
import java.util.Optional;

/** The rows of elections that another system holds and this channel only witnesses. */
final class AttachedRows {
  private AttachedRows() {}

  /**
   * An attached election. Its stage is {@link Stage#OPEN}, {@link Stage#CLOSED} or {@link
   * Stage#FINISHED}.
   *
   * @param hashes how many ballots were posted
   */
  record AttachedRow(
      ElectionId id,
      PublicKey administrator,
      AttachedTerms terms,
      Stage stage,
      AttachedHead head,
      long hashes,
      Optional<AttachedResult> result) {

    static AttachedRow open(ElectionId id, PublicKey administrator, AttachedTerms terms) {
      return new AttachedRow(
          id, administrator, terms, Stage.OPEN, AttachedHead.of(id, terms), 0, Optional.empty());
    }

    AttachedRow plus(Iterable<Hash> more) {
      var next = head;
      long count = hashes;
      for (var hash : more) {
        next = next.after(hash);
        count++;
      }
      return new AttachedRow(id, administrator, terms, stage, next, count, result);
    }

    AttachedRow closed() {
      return new AttachedRow(id, administrator, terms, Stage.CLOSED, head.closed(), hashes, result);
    }

    AttachedRow finished(AttachedResult published) {
      return new AttachedRow(
          id,
          administrator,
          terms,
          Stage.FINISHED,
          head.finished(published),
          hashes,
          Optional.of(published));
    }

    /** The election after what time alone does to it. */
    AttachedRow at(long timeMillis) {
      return stage == Stage.OPEN && timeMillis >= terms.closesMillis() ? closed() : this;
    }

    /** When time does something to it next, or {@link Deadlines#NEVER}. */
    long deadlineMillis() {
      return stage == Stage.OPEN ? terms.closesMillis() : Deadlines.NEVER;
    }
  }

  /**
   * A ballot of an attached election.
   *
   * @param key the election's slot and the position on its board, from 0
   */
  record AttachedBallotRow(Rows.NumberKey key, Hash hash) {}
}
