package io.madang.pos.agent;

import java.time.InstantSource;
import java.util.OptionalLong;

/** When a loop has to look again. */
final class Wakes {
  private Wakes() {}

  static OptionalLong sooner(OptionalLong one, OptionalLong other) {
    if (one.isEmpty()) return other;
    return other.isEmpty() ? one : OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()));
  }

  static OptionalLong until(OptionalLong atMillis, InstantSource clock) {
    return atMillis.isEmpty() ? atMillis : OptionalLong.of(atMillis.getAsLong() - clock.millis());
  }
}
