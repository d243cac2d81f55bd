package io.madang.gateway.settlement;

import java.io.Serial;

/** A run cannot go on now; the next look at it may. Never leaves this package. */
final class Waiting extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  Waiting(String what) {
    super(what, null, false, false);
  }

  /** For what, in words that follow "waits for". */
  String what() {
    return String.valueOf(getMessage());
  }
}
