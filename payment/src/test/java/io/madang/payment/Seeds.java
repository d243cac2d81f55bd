package io.madang.payment;

import java.util.Random;
import java.util.stream.LongStream;

/** Seeds of property tests: each is a case, and {@code -Dmadang.seed=42} replays one. */
public final class Seeds {
  private static final long CASES = 100;

  private Seeds() {}

  /** The seeds of one run. */
  public static LongStream many() {
    Long chosen = Long.getLong("madang.seed");
    return chosen == null ? LongStream.rangeClosed(1, CASES) : LongStream.of(chosen);
  }

  /** The generator of a seed, the same in every run. */
  public static Random random(long seed) {
    return new Random(seed);
  }
}
