package io.madang.vending.text;

import java.util.Optional;
import java.util.regex.Pattern;

/** A line from the adapter (docs.qibixx.com, "cashless slave"). Amounts in won. */
sealed interface AdapterLine {
  /** {@code v,4.0.2.0,…}: who it is. */
  record Version() implements AdapterLine {}

  /** {@code c,0}, {@code c,1}: the reader is off or on. */
  record Power(boolean on) implements AdapterLine {}

  /** {@code c,SET,OK}. */
  record Configured() implements AdapterLine {}

  record Status(State state) implements AdapterLine {}

  enum State {
    INACTIVE,
    DISABLED,
    ENABLED,
    IDLE,
    OFFLINE,
    ONLINE
  }

  record VendStatus(long won, int item) implements AdapterLine {}

  record Revalue(long won) implements AdapterLine {}

  record VendSuccess() implements AdapterLine {}

  /** {@code c,ERR,"VEND -3"}: of which command, and the code. */
  record Failure(String command, int code) implements AdapterLine {}

  /** {@code c,ERR,"cashless is on"}. */
  record AlreadyOn() implements AdapterLine {}

  /** {@code r,ACK} and the like: the machine is alive. */
  record Alive() implements AdapterLine {}

  record Unknown(String text) implements AdapterLine {}

  /** Longest line that is looked at. */
  int LIMIT = 256;

  Pattern FAILURE = Pattern.compile("c,ERR,(?:(VEND|START|STOP|REVALUE) )?(-?[0-9]{1,2})");
  Pattern VEND = Pattern.compile("c,STATUS,VEND,([0-9.]{1,12}),([0-9]{1,5})");
  Pattern REVALUE = Pattern.compile("c,STATUS,REVALUE,([0-9.]{1,12})");
  Pattern IDLE = Pattern.compile("c,STATUS,IDLE,[0-9.]{1,12}");
  Pattern WON = Pattern.compile("([0-9]{1,8})(?:\\.0{1,3})?");

  /** Reads one line, without its end; anything that is not exactly known is {@link Unknown}. */
  static AdapterLine parse(String line) {
    // Quotes come and go between versions of the firmware.
    var text = line.replace("\"", "").strip();
    return switch (text) {
      case "c,0" -> new Power(false);
      case "c,1" -> new Power(true);
      case "c,SET,OK" -> new Configured();
      case "c,VEND,SUCCESS" -> new VendSuccess();
      case "c,ERR,cashless is on" -> new AlreadyOn();
      case "c,STATUS,INACTIVE" -> new Status(State.INACTIVE);
      case "c,STATUS,DISABLED" -> new Status(State.DISABLED);
      case "c,STATUS,ENABLED" -> new Status(State.ENABLED);
      case "c,STATUS,IDLE" -> new Status(State.IDLE);
      case "c,STATUS,OFFLINE" -> new Status(State.OFFLINE);
      case "c,STATUS,ONLINE" -> new Status(State.ONLINE);
      case "r,ACK" -> new Alive();
      default -> parseParts(text);
    };
  }

  private static AdapterLine parseParts(String text) {
    var unknown = new Unknown(printable(text));
    var vend = VEND.matcher(text);
    if (vend.matches()) {
      var item = Integer.parseInt(vend.group(2));
      return item > 0xFFFF
          ? unknown
          : won(vend.group(1)).<AdapterLine>map(won -> new VendStatus(won, item)).orElse(unknown);
    }
    var failure = FAILURE.matcher(text);
    if (failure.matches()) {
      var command = failure.group(1);
      return new Failure(command == null ? "" : command, Integer.parseInt(failure.group(2)));
    }
    var revalue = REVALUE.matcher(text);
    if (revalue.matches()) {
      return won(revalue.group(1)).<AdapterLine>map(Revalue::new).orElse(unknown);
    }
    if (IDLE.matcher(text).matches()) {
      return new Status(State.IDLE);
    }
    return text.startsWith("v,") ? new Version() : unknown;
  }

  // The adapter writes as many decimals as it was set to; a fraction of a won is no amount.
  private static Optional<Long> won(String text) {
    var matcher = WON.matcher(text);
    return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
  }

  private static String printable(String text) {
    var shortened = text.length() > 60 ? text.substring(0, 60) : text;
    return shortened.replaceAll("[^ -~]", ".");
  }
}
