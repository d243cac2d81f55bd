package io.madang.gateway.command.election;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Adds up the last ballots, still encrypted. */
@Command(
    name = "tally",
    description = "After the close: add up the last ballot of each voter, still encrypted.",
    mixinStandardHelpOptions = true)
final class TallyCommand implements Callable<Integer> {
  @Mixin private Appending appending = new Appending();

  @Override
  public Integer call() throws IOException {
    return appending.with(
        (board, writer) -> {
          byte[] tally = board.tally().toRecord();
          int ballots = board.counted();
          long weight = board.countedWeight();
          Appending.require(
              board.publishTally(tally, ballots, weight),
              "The tally comes once, after the voting has ended");
          return writer.encryptedTally(tally, ballots, weight);
        },
        "The encrypted tally stands; now the trustees decrypt it ('trustee decrypt').");
  }
}
