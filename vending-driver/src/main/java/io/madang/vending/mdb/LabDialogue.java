package io.madang.vending.mdb;

import io.madang.vending.machine.Decision;
import io.madang.vending.machine.MachineDialogue;
import io.madang.vending.machine.MachineEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * A cashless reader on raw nine-bit words, for the laboratory: the bus wants an answer within 5 ms,
 * which no Java program behind a USB cable can promise.
 */
public final class LabDialogue implements MachineDialogue {
  private static final int ACK = 0x00;
  private static final int RET = 0xAA;

  private final ReaderSettings settings;
  private final MdbWord.Reader reader = new MdbWord.Reader();
  private final List<Integer> block = new ArrayList<>();
  private ReaderState state = ReaderState.justReset();
  private boolean identified;

  /** What was answered with data last and waits for an acknowledgement. */
  private boolean awaitsAcknowledgement;

  public LabDialogue(ReaderSettings settings) {
    this.settings = settings;
  }

  /** Where the reader stands. */
  public ReaderState state() {
    return state;
  }

  @Override
  public Output opened(long nowMillis) {
    reader.clear();
    block.clear();
    state = ReaderState.justReset();
    identified = false;
    awaitsAcknowledgement = false;
    return Output.nothing();
  }

  @Override
  public Output received(byte[] bytes, long nowMillis) {
    var answer = new ArrayList<MdbWord>();
    var events = new ArrayList<MachineEvent>();
    var before = identified;
    for (var word : reader.add(bytes)) {
      add(word, answer, events);
    }
    return new Output(MdbWord.bytes(answer), List.copyOf(events), identified && !before, false);
  }

  @Override
  public Output decided(Decision decision, long nowMillis) {
    var next = CashlessReader.decide(state, decision, settings);
    if (next.isEmpty()) {
      return Output.of(new byte[0], List.of(new MachineEvent.DecisionRefused()));
    }
    state = next.get();
    return Output.nothing();
  }

  @Override
  public Output tick(long nowMillis, boolean free) {
    return Output.nothing(); // the controller keeps the time and does the setting up
  }

  private void add(MdbWord word, List<MdbWord> answer, List<MachineEvent> events) {
    if (awaitsAcknowledgement && block.isEmpty() && acknowledges(word, answer)) {
      return;
    }
    if (word.mode()) {
      block.clear();
      if ((word.data() & 0xF8) == settings.address()) {
        awaitsAcknowledgement = false;
        block.add(word.data());
      }
    } else if (!block.isEmpty()) {
      block.add(word.data());
      end(answer, events);
    }
  }

  // Some controllers set the mode bit of an acknowledgement and some do not.
  private boolean acknowledges(MdbWord word, List<MdbWord> answer) {
    switch (word.data()) {
      case ACK -> {
        state = CashlessReader.acknowledged(state);
        awaitsAcknowledgement = false;
      }
      case RET -> send(state.sent(), answer);
      default -> {
        return false; // after NAK or anything else the block goes out at the next poll
      }
    }
    return true;
  }

  private void end(List<MdbWord> answer, List<MachineEvent> events) {
    var wide = state.has(ReaderSettings.WIDE_MONEY);
    var lengths = MdbCommand.lengths(block.getFirst(), block.get(1), wide);
    if (lengths.isEmpty()) {
      block.clear(); // nobody knows where it ends: silence, the controller tries again
    } else if (lengths.contains(block.size()) && isSumRight()) {
      var bytes = new byte[block.size() - 1];
      for (var i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (int) block.get(i);
      }
      block.clear();
      identified = true;
      var step = CashlessReader.on(state, MdbCommand.parse(bytes, wide), settings);
      state = step.next();
      events.addAll(step.events());
      send(step.answer(), answer);
    } else if (block.size() >= lengths.getLast()) {
      block.clear();
    }
  }

  private boolean isSumRight() {
    var sum = 0;
    for (var i = 0; i < block.size() - 1; i++) {
      sum += block.get(i);
    }
    return (sum & 0xFF) == block.getLast();
  }

  private void send(List<Integer> data, List<MdbWord> answer) {
    if (data.isEmpty()) {
      answer.add(new MdbWord(true, ACK));
      return;
    }
    var sum = 0;
    for (var value : data) {
      answer.add(new MdbWord(false, value));
      sum += value;
    }
    answer.add(new MdbWord(true, sum & 0xFF));
    awaitsAcknowledgement = true;
  }
}
