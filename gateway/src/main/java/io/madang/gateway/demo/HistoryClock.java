package io.madang.gateway.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that shows what it is told while a demo's past is made, and the machine's time from then
 * on. A chain's time only ever goes forward, so the past has to be made first.
 */
public final class HistoryClock extends Clock {
  private final Clock machine;
  private final AtomicReference<Optional<Instant>> past;

  /** A clock that begins in the past. */
  public HistoryClock(Clock machine, Instant begin) {
    this.machine = machine;
    this.past = new AtomicReference<>(Optional.of(begin));
  }

  /** When it began is over: shows a later time of the past. */
  void show(Instant time) {
    past.set(Optional.of(time));
  }

  /** The past is made. */
  void catchUp() {
    past.set(Optional.empty());
  }

  /** Whether the past is still being made. */
  public boolean isInThePast() {
    return past.get().isPresent();
  }

  @Override
  public Instant instant() {
    return past.get().orElseGet(machine::instant);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the demo's clock is in UTC");
  }
}
