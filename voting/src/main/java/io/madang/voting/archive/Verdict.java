package io.madang.voting.archive;

import io.madang.voting.board.Board;
import io.madang.voting.record.Refusal;

/** What the verifier says of an archive. */
public sealed interface Verdict {
  /**
   * Everything in it is right.
   *
   * @param head the hash of the last event; compare it with the one that was published
   * @param events how many there are
   * @param timestampSeconds when the archive was begun, as its writer says; proves nothing
   * @param board the election as the archive leaves it: phase, counts, trackers, result
   */
  record Valid(String head, long events, long timestampSeconds, Board board) implements Verdict {}

  /**
   * Something is wrong; this is the first that is.
   *
   * @param record the number of the record at fault, or of the last one read, from 1
   * @param height the height of its event, from 0
   * @param subject what it is about: a ballot's tracker, a trustee's number; empty otherwise
   */
  record Invalid(long record, long height, String subject, Refusal refusal) implements Verdict {
    /** The verdict as one sentence. */
    public String sentence() {
      return "Record "
          + record
          + " (event "
          + height
          + (subject.isEmpty() ? "" : ", " + subject)
          + ") is refused: "
          + refusal
          + ".";
    }
  }
}
