package io.madang.gateway.settlement;

import io.madang.payment.settlement.BusinessDays;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that begins at noon in Seoul, far from any cut-off, and is moved forward by a test. */
final class MovableClock extends Clock {
  private volatile Duration ahead = untilNoon();

  private static Duration untilNoon() {
    var now = Instant.now();
    var day = BusinessDays.SEOUL.of(now.toEpochMilli());
    var noon = Instant.ofEpochMilli(BusinessDays.SEOUL.endMillis(day)).plus(Duration.ofHours(12));
    return Duration.between(now, noon);
  }

  void forward(Duration more) {
    ahead = ahead.plus(more);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("always UTC");
  }
}
