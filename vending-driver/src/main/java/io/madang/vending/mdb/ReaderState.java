package io.madang.vending.mdb;

import java.util.List;

/**
 * A cashless reader as the standard sees it (MDB/ICP 4.2, 7.2).
 *
 * @param phase where it stands
 * @param level the smaller of the controller's and ours, 1 to 3
 * @param options what the controller switched on, of {@link ReaderSettings#options}
 * @param answers blocks for the next polls, the first next
 * @param sent the block that the controller has not acknowledged yet; empty if none
 */
public record ReaderState(
    Phase phase, int level, long options, List<List<Integer>> answers, List<Integer> sent) {
  /** Where a reader stands. */
  public enum Phase {
    /** Nothing is known of the controller yet. */
    INACTIVE,
    /** Known, and not let to sell. */
    DISABLED,
    ENABLED,
    SESSION_IDLE,
    /** A request waits for our decision. */
    VEND,
    /** Approved, and the result not told yet. */
    APPROVED,
    /** Revalue waits for our decision. */
    REVALUE,
    /** The controller shall end the session. */
    ENDING
  }

  public ReaderState {
    answers = List.copyOf(answers);
    sent = List.copyOf(sent);
  }

  /** After power came, or after a reset: says so at the first poll. */
  public static ReaderState justReset() {
    return new ReaderState(Phase.INACTIVE, 1, 0, List.of(List.of(0x00)), List.of());
  }

  boolean inSession() {
    return switch (phase) {
      case SESSION_IDLE, VEND, APPROVED, REVALUE, ENDING -> true;
      case INACTIVE, DISABLED, ENABLED -> false;
    };
  }

  boolean has(long option) {
    return (options & option) != 0;
  }
}
