package io.madang.vending.text;

import io.madang.serial.framing.LineAssembler;
import io.madang.vending.machine.Decision;
import io.madang.vending.machine.MachineDialogue;
import io.madang.vending.machine.MachineEvent;
import io.madang.vending.machine.PriceScale;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The dialogue with an adapter that does timing, polls and acknowledgements of the bus by itself
 * and tells us lines of text: commands in upper case, answers in lower case. Set up for sales that
 * start at the machine (always idle).
 */
public final class TextDialogue implements MachineDialogue {
  private static final long ANSWER_LIMIT_MILLIS = 1_000;
  private static final int TRIES = 5;

  /** After so long a silence the adapter is asked whether the reader is still on. */
  private static final long QUIET_MILLIS = 10_000;

  /** In case its word about that was lost, it is set up once in a while although it seems right. */
  private static final long SET_UP_AGAIN_MILLIS = 600_000;

  private final List<String> setUp;
  private final LineAssembler lines = new LineAssembler(AdapterLine.LIMIT);

  /** Whether the adapter may have forgotten what it was set to, or never knew. */
  private boolean wantsSetUp;

  private boolean identified;

  /** Which command of the set-up waits for its answer; the list's size once all are done. */
  private int command = -1;

  private int tries;
  private long answerBy = Long.MAX_VALUE;
  private long heardAt;
  private long setUpAt;

  public TextDialogue(PriceScale scale) {
    setUp =
        List.of(
            "C,0",
            "C,SETCONF,mdb-always-idle=1",
            "C,SETCONF,mdb-currency-code=0x1410",
            "C,SETCONF,mdb-decimal-places=0",
            "C,SETCONF,mdb-scale-factor=" + scale.scale(),
            "C,SETCONF,mdb-cashsale-enabled=1",
            "C,1");
  }

  @Override
  public Output opened(long nowMillis) {
    lines.clear();
    wantsSetUp = true;
    identified = false;
    command = -1;
    tries = 0;
    answerBy = nowMillis + ANSWER_LIMIT_MILLIS;
    heardAt = nowMillis;
    // A line cut short by an unplug may still be in the adapter: end it first.
    return Output.of(bytes("\nV\n"), List.of());
  }

  @Override
  public Output received(byte[] received, long nowMillis) {
    heardAt = nowMillis;
    var events = new ArrayList<MachineEvent>();
    var toSend = new StringBuilder();
    var justIdentified = false;
    for (var line : lines.add(received)) {
      var parsed = AdapterLine.parse(line);
      var wasSetUp = command == setUp.size();
      if (parsed instanceof AdapterLine.Version && !identified) {
        identified = true;
        justIdentified = true;
        tries = 0;
        answerBy = Long.MAX_VALUE;
      } else if (answers(parsed)) {
        tries = 0;
        toSend.append(next(command + 1, nowMillis));
      }
      if (wasSetUp && looksNew(parsed)) {
        wantsSetUp = true;
      }
      event(parsed, events);
    }
    return new Output(bytes(toSend.toString()), List.copyOf(events), justIdentified, false);
  }

  @Override
  public Output decided(Decision decision, long nowMillis) {
    return Output.of(
        bytes(
            switch (decision) {
              case Decision.Approve(var won) -> "C,VEND," + won + "\n";
              case Decision.Deny _ -> "C,VEND,-1\n";
              case Decision.BeginSession(var won) -> "C,START," + won + "\n";
              case Decision.EndSession _ -> "C,STOP\n";
              case Decision.RefuseRevalue _ -> "C,REVALUE,0\n";
            }),
        List.of());
  }

  @Override
  public Output tick(long nowMillis, boolean free) {
    if (nowMillis >= answerBy) {
      return askAgain(nowMillis);
    }
    if (!identified || (command >= 0 && command < setUp.size())) {
      return Output.nothing();
    }
    if (free && (wantsSetUp || nowMillis - setUpAt >= SET_UP_AGAIN_MILLIS)) {
      wantsSetUp = false;
      setUpAt = nowMillis;
      return ask(0, nowMillis);
    }
    if (nowMillis - heardAt >= QUIET_MILLIS) {
      heardAt = nowMillis;
      return Output.of(bytes("C,1\n"), List.of());
    }
    return Output.nothing();
  }

  private Output askAgain(long nowMillis) {
    tries++;
    if (tries == TRIES) {
      answerBy = Long.MAX_VALUE;
      return new Output(new byte[0], List.of(), false, true);
    }
    if (!identified) {
      answerBy = nowMillis + ANSWER_LIMIT_MILLIS;
      return Output.of(bytes("V\n"), List.of());
    }
    // Which of command and answer was lost nobody knows: from the start.
    return ask(0, nowMillis);
  }

  // An adapter that was off had lost its power, and with it what it was set to.
  private static boolean looksNew(AdapterLine line) {
    return line instanceof AdapterLine.Power
        || (line instanceof AdapterLine.Status(var state) && state == AdapterLine.State.INACTIVE);
  }

  private Output ask(int which, long nowMillis) {
    return Output.of(bytes(next(which, nowMillis)), List.of());
  }

  private String next(int which, long nowMillis) {
    command = which;
    if (which == setUp.size()) {
      answerBy = Long.MAX_VALUE;
      return "";
    }
    answerBy = nowMillis + ANSWER_LIMIT_MILLIS;
    return setUp.get(which) + "\n";
  }

  private boolean answers(AdapterLine line) {
    if (command < 0 || command >= setUp.size()) {
      return false;
    }
    return switch (line) {
      case AdapterLine.Power(var on) -> on ? command == setUp.size() - 1 : command == 0;
      case AdapterLine.AlreadyOn _ -> command == setUp.size() - 1;
      case AdapterLine.Configured _ -> command > 0 && command < setUp.size() - 1;
      default -> false;
    };
  }

  private static void event(AdapterLine line, List<MachineEvent> events) {
    switch (line) {
      case AdapterLine.VendStatus(var won, var item) ->
          events.add(new MachineEvent.VendRequested(won, item));
      case AdapterLine.VendSuccess _ -> events.add(new MachineEvent.VendSucceeded());
      case AdapterLine.Revalue(var won) -> events.add(new MachineEvent.RevalueAsked(won));
      case AdapterLine.Status(var state) -> {
        switch (state) {
          case INACTIVE -> events.add(new MachineEvent.MachineReset());
          case DISABLED, OFFLINE -> events.add(new MachineEvent.Disabled());
          case ENABLED -> {
            events.add(new MachineEvent.SessionEnded());
            events.add(new MachineEvent.Enabled());
          }
          case IDLE -> events.add(new MachineEvent.SessionOpened());
          case ONLINE -> {}
        }
      }
      case AdapterLine.Failure(var command, var code) -> events.add(failure(command, code));
      case AdapterLine.Unknown(var text) -> events.add(new MachineEvent.Unintelligible(text));
      case AdapterLine.Version _,
          AdapterLine.Power _,
          AdapterLine.Configured _,
          AdapterLine.AlreadyOn _,
          AdapterLine.Alive _ -> {}
    }
  }

  private static MachineEvent failure(String command, int code) {
    if (command.equals("VEND")) {
      switch (code) {
        case 1 -> {
          return new MachineEvent.VendCancelled();
        }
        case 3 -> {
          return new MachineEvent.VendFailed();
        }
        case 5 -> {
          return new MachineEvent.MachineReset();
        }
        default -> {}
      }
    }
    return code < 0
        ? new MachineEvent.DecisionRefused()
        : new MachineEvent.Unintelligible("ERR " + command + " " + code);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
