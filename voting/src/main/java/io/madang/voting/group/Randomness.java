package io.madang.voting.group;

/**
 * Where secrets come from: {@code secureRandom::nextBytes}. Whoever can foresee it can open the
 * ballots that are made with it. Tests pass a seeded one.
 */
@FunctionalInterface
public interface Randomness {
  /** Fills the array with fresh random bytes. */
  void fill(byte[] bytes);
}
