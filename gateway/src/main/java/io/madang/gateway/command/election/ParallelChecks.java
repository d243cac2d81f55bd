package io.madang.gateway.command.election;

import io.madang.voting.board.Checks;
import java.util.List;
import java.util.function.Supplier;

/** Spreads checks over all processors. */
public final class ParallelChecks implements Checks {
  @Override
  public <T> List<T> run(List<Supplier<T>> checks) {
    return checks.parallelStream().map(Supplier::get).toList();
  }
}
