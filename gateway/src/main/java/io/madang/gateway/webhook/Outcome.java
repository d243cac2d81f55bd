package io.madang.gateway.webhook;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of one attempt.
 *
 * @param status the HTTP status, if there was an answer
 * @param answer the first bytes of the answer, made harmless to show
 * @param retryAfter how long the receiver asks to be left alone
 */
record Outcome(
    Ending ending, Optional<Integer> status, String answer, Optional<Duration> retryAfter) {
  private static final int GONE = 410;
  private static final Duration LONGEST_WAIT = Duration.ofHours(24);

  /** How it ended; the names are stable. */
  enum Ending {
    DELIVERED("delivered"),
    /** An answer, but none of 2xx. A redirect is not followed, so it is one of these. */
    ANSWERED_OTHERWISE("answered-otherwise"),
    GONE("gone"),
    NAME_UNKNOWN("name-unknown"),
    ADDRESS_NOT_PUBLIC("address-not-public"),
    NOT_REACHED("not-reached"),
    TOO_SLOW("too-slow");

    private final String text;

    Ending(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Without an answer. */
  static Outcome of(Ending ending) {
    return new Outcome(ending, Optional.empty(), "", Optional.empty());
  }

  /** With an answer. */
  static Outcome answered(int status, String answer, Optional<String> retryAfter) {
    var ending =
        status >= 200 && status < 300
            ? Ending.DELIVERED
            : status == GONE ? Ending.GONE : Ending.ANSWERED_OTHERWISE;
    return new Outcome(ending, Optional.of(status), answer, retryAfter.flatMap(Outcome::wait));
  }

  boolean isDelivered() {
    return ending == Ending.DELIVERED;
  }

  /** The form in seconds (RFC 9110, section 10.2.3); a date is not heeded. */
  private static Optional<Duration> wait(String text) {
    if (!text.matches("[0-9]{1,9}")) return Optional.empty();
    var wait = Duration.ofSeconds(Long.parseLong(text));
    return Optional.of(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }
}
