package io.madang.vending.machine;

import java.util.List;

/**
 * Turns a line's bytes into {@link MachineEvent}s and {@link Decision}s into bytes. Total: any
 * bytes give events, in bounded time and memory. Time is the caller's monotonic clock. Not for
 * several threads.
 */
public interface MachineDialogue {
  /** The line is open; nothing of before counts. */
  Output opened(long nowMillis);

  Output received(byte[] bytes, long nowMillis);

  Output decided(Decision decision, long nowMillis);

  /**
   * Time has passed.
   *
   * @param free whether the reader may be set up anew; while a sale is open it must be left alone,
   *     because setting up loses the result
   */
  Output tick(long nowMillis, boolean free);

  /**
   * What follows for the line and for the sale.
   *
   * @param toMachine bytes to send now
   * @param identified whether the other end has just shown what it is
   * @param giveUp whether the line should be opened anew, because the other end does not answer
   */
  record Output(byte[] toMachine, List<MachineEvent> events, boolean identified, boolean giveUp) {
    private static final Output NOTHING = new Output(new byte[0], List.of(), false, false);

    public static Output nothing() {
      return NOTHING;
    }

    public static Output of(byte[] toMachine, List<MachineEvent> events) {
      return new Output(toMachine, List.copyOf(events), false, false);
    }
  }
}
