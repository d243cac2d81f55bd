package io.madang.gateway.command.election;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Puts the trustees' parts together. */
@Command(
    name = "result",
    description = "When enough trustees have decrypted: find the counts and end the election.",
    mixinStandardHelpOptions = true)
final class ResultCommand implements Callable<Integer> {
  @Mixin private Appending appending = new Appending();

  @Override
  public Integer call() throws IOException {
    return appending.with(
        (board, writer) -> {
          if (!board.canFinish()) {
            throw new IOException(
                "There is no result to be found: so far "
                    + board.decryptedBy().size()
                    + " of "
                    + board.trustees().count()
                    + " trustees have decrypted, or the result stands already.");
          }
          byte[] result = InputFile.accepted("The result", board.computeResult()).toRecord();
          Appending.require(board.finish(result), "The result is refused");
          return writer.result(result);
        },
        "The result stands; see it with 'election show'.");
  }
}
