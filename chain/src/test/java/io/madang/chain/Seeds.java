package io.madang.chain;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Seeds for property tests: each seed is a case that can be run again.
 *
 * <p>{@code -Dmadang.seed=42} runs that one alone, {@code -Dmadang.seeds=1000} as many instead of
 * 25.
 */
public final class Seeds {
  private static final int USUAL_COUNT = 25;

  private Seeds() {}

  /** Numbers that look random and are the same for the same seed, on every machine. */
  public static RandomGenerator random(long seed) {
    return new SplittableRandom(seed);
  }

  /** The seeds to try; for {@code @MethodSource("io.madang.chain.Seeds#many")}. */
  public static LongStream many() {
    Long only = Long.getLong("madang.seed");
    return only != null
        ? LongStream.of(only)
        : LongStream.range(0, Integer.getInteger("madang.seeds", USUAL_COUNT));
  }
}
