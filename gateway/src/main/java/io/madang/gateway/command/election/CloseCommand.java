package io.madang.gateway.command.election;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the voting. */
@Command(
    name = "close",
    description = "End the voting, for good. Verifies the archive first.",
    mixinStandardHelpOptions = true)
final class CloseCommand implements Callable<Integer> {
  @Mixin private Appending appending = new Appending();

  @Override
  public Integer call() throws IOException {
    return appending.with(
        (board, writer) -> {
          Appending.require(board.close(), "The voting has ended already");
          return writer.endBallots();
        },
        "The voting has ended.");
  }
}
