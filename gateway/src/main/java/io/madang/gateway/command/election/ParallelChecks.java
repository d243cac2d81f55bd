package io.madang.gateway.command.election;

import io.madang.gateway.gmp.Gmp;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Groups;
import java.util.List;
import java.util.function.Supplier;

/** Spreads checks over all processors, with the fastest arithmetic that the machine has. */
public final class ParallelChecks implements Checks {
  @Override
  public <T> List<T> run(List<Supplier<T>> checks) {
    return checks.parallelStream().map(Supplier::get).toList();
  }

  @Override
  public Groups groups() {
    return Gmp.groups();
  }
}
