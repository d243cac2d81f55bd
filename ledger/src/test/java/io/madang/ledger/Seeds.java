package io.madang.ledger;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Seeds for property tests: each seed is a case that can be run again.
 *
 * <p>{@code -Dmadang.seed=42} runs that one alone, {@code -Dmadang.seeds=100000} as many as that.
 */
final class Seeds {
  private Seeds() {}

  static RandomGenerator random(long seed) {
    return new SplittableRandom(seed);
  }

  /** The seeds to try, {@code usually} many unless a property says otherwise. */
  static LongStream many(int usually) {
    Long only = Long.getLong("madang.seed");
    return only != null
        ? LongStream.of(only)
        : LongStream.range(0, Integer.getInteger("madang.seeds", usually));
  }
}
