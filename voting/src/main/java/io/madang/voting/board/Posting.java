package io.madang.voting.board;

import io.madang.voting.Tracker;
import io.madang.voting.record.Refusal;
import java.util.Optional;

/** What the board answers to a ballot. */
public sealed interface Posting {
  /**
   * It counts, unless the same voter votes again.
   *
   * @param replaced the same voter's earlier ballot, which no longer counts
   */
  record Posted(Tracker tracker, Optional<Tracker> replaced) implements Posting {}

  /** It changed nothing. */
  record Refused(Refusal refusal) implements Posting {}
}
