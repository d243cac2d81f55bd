package io.madang.vending.mdb;

import io.madang.vending.machine.Decision;
import io.madang.vending.machine.MachineEvent;
import io.madang.vending.mdb.ReaderState.Phase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cashless reader's side of MDB/ICP 4.2, levels 1 to 3 with always idle: (state, command) to
 * (state, answer, what it means for the sale). Pure; every command has an answer in every phase,
 * and a reset is obeyed at any moment.
 */
public final class CashlessReader {
  private static final int CONFIG = 0x01;
  private static final int BEGIN_SESSION = 0x03;
  private static final int CANCEL_SESSION = 0x04;
  private static final int APPROVED = 0x05;
  private static final int DENIED = 0x06;
  private static final int END_SESSION = 0x07;
  private static final int CANCELLED = 0x08;
  private static final int PERIPHERAL_ID = 0x09;
  private static final int OUT_OF_SEQUENCE = 0x0B;
  private static final int REVALUE_DENIED = 0x0E;
  private static final int REVALUE_LIMIT = 0x0F;

  /**
   * What follows.
   *
   * @param answer bytes of the block to send at once, without checksum; empty for a bare
   *     acknowledgement
   */
  public record Step(ReaderState next, List<Integer> answer, List<MachineEvent> events) {
    public Step {
      answer = List.copyOf(answer);
      events = List.copyOf(events);
    }
  }

  private final ReaderSettings settings;
  private Phase phase;
  private int level;
  private long options;
  private final List<List<Integer>> answers;
  private List<Integer> sent;
  private List<Integer> answer = List.of();
  private final List<MachineEvent> events = new ArrayList<>();

  private CashlessReader(ReaderState state, ReaderSettings settings) {
    this.settings = settings;
    phase = state.phase();
    level = state.level();
    options = state.options();
    answers = new ArrayList<>(state.answers());
    sent = state.sent();
  }

  /** A command came, its checksum right and addressed to us. */
  public static Step on(ReaderState state, MdbCommand command, ReaderSettings settings) {
    var turn = new CashlessReader(state, settings);
    turn.command(command);
    return turn.step();
  }

  /** The controller has what was sent last. */
  public static ReaderState acknowledged(ReaderState state) {
    return new ReaderState(
        state.phase(), state.level(), state.options(), state.answers(), List.of());
  }

  /**
   * A decision of ours; empty if the reader stands where it means nothing any more, and then
   * nothing of it reaches the controller.
   */
  public static Optional<ReaderState> decide(
      ReaderState state, Decision decision, ReaderSettings settings) {
    var turn = new CashlessReader(state, settings);
    return turn.decide(decision) ? Optional.of(turn.step().next()) : Optional.empty();
  }

  private Step step() {
    return new Step(new ReaderState(phase, level, options, answers, sent), answer, events);
  }

  private void command(MdbCommand command) {
    switch (command) {
      case MdbCommand.Reset _ -> {
        var fresh = ReaderState.justReset();
        phase = fresh.phase();
        level = fresh.level();
        options = fresh.options();
        answers.clear();
        answers.addAll(fresh.answers());
        sent = List.of();
        events.add(new MachineEvent.MachineReset());
      }
      case MdbCommand.SetupConfig(var theirs) -> {
        level = Math.clamp(theirs, 1, settings.level());
        if (phase == Phase.INACTIVE) {
          phase = Phase.DISABLED;
        }
        answer = config();
      }
      case MdbCommand.Poll _ -> poll();
      case MdbCommand.VendRequest(var units, var item) -> request(units, item);
      case MdbCommand.VendCancel _ -> {
        if (phase == Phase.VEND) {
          phase = Phase.SESSION_IDLE;
          events.add(new MachineEvent.VendCancelled());
          answers.clear();
          answers.add(List.of(DENIED));
        } else if (phase == Phase.APPROVED) {
          // It has not seen the approval, or does not want it any more: nothing came out.
          phase = Phase.SESSION_IDLE;
          forget(APPROVED);
          events.add(new MachineEvent.VendCancelled());
          answers.add(List.of(DENIED));
        } else {
          outOfSequenceUnlessInSession();
        }
      }
      case MdbCommand.VendSuccess _ -> {
        // It has the approval, though its acknowledgement may have been lost: said again, it would
        // pay for another item.
        forget(APPROVED);
        events.add(new MachineEvent.VendSucceeded());
        if (phase == Phase.APPROVED) {
          phase = Phase.SESSION_IDLE;
        } else {
          outOfSequenceUnlessInSession();
        }
      }
      case MdbCommand.VendFailure _ -> {
        forget(APPROVED);
        if (phase == Phase.APPROVED) {
          phase = Phase.SESSION_IDLE;
          events.add(new MachineEvent.VendFailed());
        } else {
          outOfSequenceUnlessInSession();
        }
      }
      case MdbCommand.SessionComplete _ -> {
        // In any phase: a controller that believes in a session must be let out of it.
        if (phase != Phase.INACTIVE && phase != Phase.DISABLED) {
          phase = Phase.ENABLED;
        }
        answers.clear();
        sent = List.of(END_SESSION);
        answer = List.of(END_SESSION);
        events.add(new MachineEvent.SessionEnded());
      }
      case MdbCommand.CashSale(var units, var item) -> {
        // The upper bits say free, test, negative or token (7.4.12): no sale for coins.
        if ((item & 0xF000) == 0) {
          won(units).ifPresent(won -> events.add(new MachineEvent.CashSold(won, item)));
        }
      }
      case MdbCommand.NegativeVendRequest _ -> answers.add(List.of(DENIED));
      case MdbCommand.ReaderDisable _ -> {
        // A running session ends by itself; afterwards the reader is disabled by the next command.
        if (phase == Phase.ENABLED) {
          phase = Phase.DISABLED;
        }
        events.add(new MachineEvent.Disabled());
      }
      case MdbCommand.ReaderEnable _ -> {
        if (phase == Phase.INACTIVE) {
          outOfSequence();
        } else {
          if (phase == Phase.DISABLED) {
            phase = Phase.ENABLED;
          }
          events.add(new MachineEvent.Enabled());
        }
      }
      case MdbCommand.ReaderCancel _ -> {
        if (phase == Phase.VEND) {
          phase = Phase.SESSION_IDLE;
          events.add(new MachineEvent.VendCancelled());
        }
        answer = List.of(CANCELLED);
        sent = answer;
      }
      case MdbCommand.RevalueRequest(var units) -> {
        if (level >= 2 && phase == Phase.SESSION_IDLE) {
          phase = Phase.REVALUE;
          won(units)
              .ifPresentOrElse(
                  won -> events.add(new MachineEvent.RevalueAsked(won)),
                  () -> {
                    phase = Phase.SESSION_IDLE;
                    answers.add(List.of(REVALUE_DENIED));
                  });
        } else {
          answers.add(List.of(REVALUE_DENIED));
        }
      }
      case MdbCommand.RevalueLimit _ -> {
        // None: no bytes of a cable put money on an account.
        answer = amount(REVALUE_LIMIT, 0);
        sent = answer;
      }
      case MdbCommand.RequestId _ -> {
        answer = id();
        sent = answer;
      }
      case MdbCommand.EnableOptions(var bits) ->
          options = level == 3 ? bits & settings.options() : 0;
      case MdbCommand.SetupPrices _,
          MdbCommand.WriteTime _,
          MdbCommand.DataEntryResponse _,
          MdbCommand.Diagnostics _ -> {}
      case MdbCommand.Unknown _ -> events.add(new MachineEvent.Unintelligible("unknown command"));
    }
  }

  private void poll() {
    if (!sent.isEmpty()) {
      answer = sent; // never acknowledged: again
    } else if (!answers.isEmpty()) {
      answer = answers.removeFirst();
      sent = answer;
    }
  }

  private void request(long units, int item) {
    switch (phase) {
      case VEND, APPROVED -> {} // the same again: acknowledged, and no new request
      case SESSION_IDLE, ENABLED -> {
        if (phase == Phase.ENABLED && (options & ReaderSettings.ALWAYS_IDLE) == 0) {
          outOfSequence();
          return;
        }
        phase = Phase.VEND;
        // What was said before is not the answer to this, whoever acknowledged it.
        sent = List.of();
        forget(APPROVED);
        forget(DENIED);
        won(units)
            .ifPresentOrElse(
                won -> events.add(new MachineEvent.VendRequested(won, item)),
                () -> {
                  phase = Phase.SESSION_IDLE;
                  answers.add(List.of(DENIED));
                });
      }
      case INACTIVE, DISABLED, REVALUE, ENDING -> outOfSequence();
    }
  }

  private boolean decide(Decision decision) {
    switch (decision) {
      case Decision.Approve(var won) -> {
        if (phase != Phase.VEND || !settings.scale().represents(won)) {
          return false;
        }
        phase = Phase.APPROVED;
        answers.add(amount(APPROVED, settings.scale().units(won)));
      }
      case Decision.Deny _ -> {
        if (phase != Phase.VEND) {
          return false;
        }
        phase = Phase.SESSION_IDLE;
        answers.add(List.of(DENIED));
      }
      case Decision.BeginSession(var won) -> {
        if (phase != Phase.ENABLED) {
          return false;
        }
        phase = Phase.SESSION_IDLE;
        answers.add(beginSession(won));
      }
      case Decision.EndSession _ -> {
        if (phase == Phase.VEND) {
          phase = Phase.SESSION_IDLE;
          answers.add(List.of(DENIED));
        } else if (phase == Phase.SESSION_IDLE) {
          phase = Phase.ENDING;
          answers.add(List.of(CANCEL_SESSION));
        } else {
          return false;
        }
      }
      case Decision.RefuseRevalue _ -> {
        if (phase != Phase.REVALUE) {
          return false;
        }
        phase = Phase.SESSION_IDLE;
        answers.add(List.of(REVALUE_DENIED));
      }
    }
    return true;
  }

  private void outOfSequenceUnlessInSession() {
    if (phase == Phase.INACTIVE || phase == Phase.DISABLED) {
      outOfSequence();
    }
  }

  private void outOfSequence() {
    answers.add(level == 1 ? List.of(OUT_OF_SEQUENCE) : List.of(OUT_OF_SEQUENCE, stateByte()));
  }

  private int stateByte() {
    return switch (phase) {
      case INACTIVE -> 1;
      case DISABLED -> 2;
      case ENABLED -> 3;
      case SESSION_IDLE, ENDING -> 4;
      case VEND, APPROVED -> 5;
      case REVALUE -> 6;
    };
  }

  private void forget(int kind) {
    answers.removeIf(block -> block.getFirst() == kind);
    if (!sent.isEmpty() && sent.getFirst() == kind) {
      sent = List.of();
    }
  }

  private Optional<Long> won(long units) {
    return units > 0 && units <= 0xFFFF_FFFEL && (wide() || units <= 0xFFFE)
        ? Optional.of(units * settings.scale().scale())
        : Optional.empty();
  }

  private boolean wide() {
    return (options & ReaderSettings.WIDE_MONEY) != 0;
  }

  private List<Integer> amount(int kind, long units) {
    var bytes = new ArrayList<Integer>();
    bytes.add(kind);
    add(bytes, units, wide() ? 4 : 2);
    return bytes;
  }

  private List<Integer> beginSession(long won) {
    var most = wide() ? 0xFFFF_FFFEL : 0xFFFEL;
    var bytes = amount(BEGIN_SESSION, Math.min(most, won / settings.scale().scale()));
    if (level >= 2) {
      add(bytes, 0xFFFF_FFFFL, 4); // no media
      add(bytes, 0, 3); // type and data of payment
    }
    if (wide()) {
      bytes.addAll(List.of((int) 'k', (int) 'o'));
      add(bytes, settings.currency(), 2);
      bytes.add(0);
    }
    return bytes;
  }

  private List<Integer> config() {
    var bytes = new ArrayList<Integer>(List.of(CONFIG, level));
    add(bytes, settings.currency(), 2);
    bytes.addAll(List.of(settings.scale().scale(), 0, settings.responseSeconds(), settings.misc()));
    sent = List.copyOf(bytes);
    return bytes;
  }

  private List<Integer> id() {
    var bytes = new ArrayList<Integer>();
    bytes.add(PERIPHERAL_ID);
    for (var b :
        (settings.maker() + settings.serial() + settings.model())
            .getBytes(StandardCharsets.US_ASCII)) {
      bytes.add((int) b);
    }
    bytes.addAll(List.of(0x01, 0x00));
    if (level == 3) {
      add(bytes, settings.options(), 4);
    }
    return bytes;
  }

  private static void add(List<Integer> bytes, long value, int count) {
    for (var i = count - 1; i >= 0; i--) {
      bytes.add((int) (value >> (8 * i)) & 0xFF);
    }
  }
}
