package io.madang.serial;

import java.util.List;

/**
 * When a line is opened, given up and tried again: (state, event) to (state, actions), without a
 * clock, a thread or a line.
 *
 * @param failures tries in a row that led to nothing
 * @param deadlineMillis when {@link Tick} changes something, on the caller's monotonic clock;
 *     {@code Long.MAX_VALUE} if never
 */
record Supervisor(LinkState state, int failures, long deadlineMillis) {
  private static final long FIRST_WAIT_MILLIS = 100;

  /** A device that comes back must be ready within two seconds, so no wait is longer than one. */
  private static final long LONGEST_WAIT_MILLIS = 1_000;

  private static final long NEVER = Long.MAX_VALUE;

  sealed interface Event {}

  record Start() implements Event {}

  record Opened() implements Event {}

  record OpenFailed() implements Event {}

  record Identified() implements Event {}

  record Lost(LinkLoss why) implements Event {}

  /** Time has passed. */
  record Tick() implements Event {}

  record Stop() implements Event {}

  sealed interface Action {}

  record Open() implements Action {}

  record Close() implements Action {}

  record TellOpened() implements Action {}

  record TellLost(LinkLoss why) implements Action {}

  record Step(Supervisor next, List<Action> actions) {}

  static Supervisor closed() {
    return new Supervisor(LinkState.CLOSED, 0, NEVER);
  }

  boolean isOpen() {
    return state == LinkState.IDENTIFYING || state == LinkState.READY;
  }

  /**
   * @param identifyMillis how long a device has to identify itself; 0 if it need not
   * @param jitterPermille 0 to 999: shortens a wait by up to a fifth, so that many lines of one
   *     machine do not try in step
   */
  Step on(Event event, long nowMillis, long identifyMillis, int jitterPermille) {
    return switch (event) {
      case Start _ when state == LinkState.CLOSED ->
          step(new Supervisor(LinkState.OPENING, 0, NEVER), new Open());
      case Opened _ when state == LinkState.OPENING ->
          step(
              identifyMillis == 0
                  ? new Supervisor(LinkState.READY, 0, NEVER)
                  : new Supervisor(LinkState.IDENTIFYING, failures, nowMillis + identifyMillis),
              new TellOpened());
      case OpenFailed _ when state == LinkState.OPENING -> step(later(nowMillis, jitterPermille));
      case Identified _ when state == LinkState.IDENTIFYING ->
          step(new Supervisor(LinkState.READY, 0, NEVER));
      case Lost(var why) when isOpen() -> giveUp(why, nowMillis, jitterPermille);
      case Tick _ when nowMillis < deadlineMillis -> step(this);
      case Tick _ when state == LinkState.IDENTIFYING ->
          giveUp(LinkLoss.NOT_IDENTIFIED, nowMillis, jitterPermille);
      case Tick _ when state == LinkState.BACKOFF ->
          step(new Supervisor(LinkState.OPENING, failures, NEVER), new Open());
      case Stop _ when isOpen() -> step(closed(), new Close(), new TellLost(LinkLoss.CLOSED));
      case Stop _ -> step(closed());
      default -> step(this);
    };
  }

  private Step giveUp(LinkLoss why, long nowMillis, int jitterPermille) {
    return step(later(nowMillis, jitterPermille), new Close(), new TellLost(why));
  }

  private Supervisor later(long nowMillis, int jitterPermille) {
    long full = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(failures, 10));
    long wait = full - full * jitterPermille / 5_000;
    return new Supervisor(LinkState.BACKOFF, failures + 1, nowMillis + wait);
  }

  private static Step step(Supervisor next, Action... actions) {
    return new Step(next, List.of(actions));
  }
}
