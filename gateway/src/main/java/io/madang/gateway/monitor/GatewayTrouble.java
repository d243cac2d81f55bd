package io.madang.gateway.monitor;

import java.io.Serial;

/** A gateway does not answer, or not in the form of its contract: perhaps it does later. */
final class GatewayTrouble extends Exception {
  @Serial private static final long serialVersionUID = 1;

  GatewayTrouble(String sentence) {
    super(sentence);
  }

  GatewayTrouble(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
