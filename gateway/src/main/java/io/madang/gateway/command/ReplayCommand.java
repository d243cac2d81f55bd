package io.madang.gateway.command;

import io.madang.chain.ChainApplication;
import io.madang.gateway.command.election.ParallelChecks;
import io.madang.gateway.engine.Replay;
import io.madang.ledger.Ledger;
import io.madang.voting.chain.BallotBox;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Rebuilds the state from the stored blocks and compares it at every height. */
@Command(
    name = "replay",
    description = "Execute every stored block again and compare the state at each height.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoredChainOption chain = new StoredChainOption();

  @Override
  public Integer call() throws IOException {
    return chain.read(
        archive -> {
          var out = spec.commandLine().getOut();
          return switch (Replay.replay(archive, application())) {
            case Replay.Result.Same same -> {
              out.printf(
                  "SAME  %d blocks, %d transactions; state %s%n",
                  same.height(), same.transactions(), same.stateHash());
              yield 0;
            }
            case Replay.Result.Different(long height, var detail) -> {
              out.printf("DIFFERENT  at height %d: %s%n", height, detail);
              yield 1;
            }
          };
        });
  }

  private ChainApplication<?> application() {
    return switch (chain.channel()) {
      case PAYMENTS -> new Ledger();
      case VOTES -> new BallotBox(new ParallelChecks());
    };
  }
}
