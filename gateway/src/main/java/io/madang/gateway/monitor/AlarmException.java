package io.madang.gateway.monitor;

import io.madang.chain.json.JsonObject;
import java.io.Serial;

/** Ends the look at one gateway's board with an alarm; never leaves this package. */
final class AlarmException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient Alarm alarm;

  AlarmException(
      Alarm.Kind kind, BoardGateway gateway, String subject, String sentence, JsonObject evidence) {
    super(sentence);
    alarm = new Alarm(kind, gateway.name(), subject, sentence, evidence);
  }

  Alarm alarm() {
    return alarm;
  }
}
