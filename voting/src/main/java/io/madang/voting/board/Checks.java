package io.madang.voting.board;

import io.madang.voting.group.Groups;
import java.util.List;
import java.util.function.Supplier;

/**
 * How many expensive checks that do not depend on each other are run. This module starts no thread:
 * the caller may spread them over as many as it likes.
 */
public interface Checks {
  /** Runs all and gives their answers in the order of the list. */
  <T> List<T> run(List<Supplier<T>> checks);

  /** What computes in the checks of an election; a faster one comes to the same verdicts. */
  default Groups groups() {
    return Groups.plain();
  }

  /** One after another, in the calling thread. */
  static Checks inOrder() {
    return new Checks() {
      @Override
      public <T> List<T> run(List<Supplier<T>> checks) {
        return checks.stream().map(Supplier::get).toList();
      }
    };
  }
}
