package io.madang.gateway.monitor;

import io.madang.chain.json.JsonObject;
import java.util.Locale;

/**
 * Something that no honest gateway does.
 *
 * @param gateway which gateway showed it
 * @param subject what it is about: {@code chain}, or the identifier of an election
 * @param sentence for people
 * @param evidence what others can check: signed heads that contradict each other, or what was shown
 *     before and now
 */
record Alarm(Kind kind, String gateway, String subject, String sentence, JsonObject evidence) {
  /** What happened. */
  enum Kind {
    /** Something that was published is gone. */
    SHRUNK,
    /** What was published stands in another order. */
    REORDERED,
    /** Two versions of the same thing, of one gateway or of two. */
    FORKED,
    /** What is shown has not the members' signatures, or not the form, that it must have. */
    UNSIGNED,
    /** What is shown is signed, but its proofs or counts are wrong. */
    WRONG,
    /** Block time went back. */
    CLOCK_BACK,
    /** A gateway does not answer, or has not what others have, or does not close an election. */
    STALLED;

    /** Such as {@code clock-back}. */
    String kebabName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
