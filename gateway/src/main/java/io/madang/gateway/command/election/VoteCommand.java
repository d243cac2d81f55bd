package io.madang.gateway.command.election;

import io.madang.voting.Credential;
import io.madang.voting.Tracker;
import io.madang.voting.ballot.BallotMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a ballot; it does not cast it. */
@Command(
    name = "vote",
    description =
        "Make a ballot from a credential and choices. Nobody can read it; keep its tracker.",
    mixinStandardHelpOptions = true)
final class VoteCommand implements Callable<Integer> {
  private static final int MAX_CREDENTIAL = 200;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The election's archive.")
  private Path archive = Path.of("");

  @Option(
      names = "--credential",
      paramLabel = "FILE",
      required = true,
      description = "A file with the voter's credential and nothing else.")
  private Path credentialFile = Path.of("");

  @Option(
      names = "--choice",
      paramLabel = "CHOICE",
      required = true,
      description =
          "For each question, in order: the numbers of the answers such as 2 or 1,3; or blank; or none.")
  private List<String> choices = List.of();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The ballot.")
  private Path file = Path.of("");

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    output.requireFree(file);
    var credential =
        Credential.parse(InputFile.text(credentialFile, MAX_CREDENTIAL))
            .orElseThrow(
                () ->
                    new IOException(
                        credentialFile
                            + " does not hold a credential such as"
                            + " xxxxx-xxxxxx-xxxxx-xxxxxx and nothing else; look for a character that was misread."));
    try (var open = ArchiveFile.read(archive)) {
      var board = VerifiedArchive.opening(open).board();
      var election = board.election();
      var chosen = Choices.of(election.questions(), choices);
      var publicCredential = credential.publicCredential(election.id(), election.group());
      if (board.credentials().index(publicCredential.text()).isEmpty()) {
        throw new IOException(
            credentialFile + " holds a credential of another election, or one that was replaced.");
      }
      byte[] ballot = new BallotMaker(election).make(credential, chosen, Secrets.RANDOMNESS);
      // What the board will ask, so that a ballot that was made wrong never leaves this machine.
      InputFile.accepted("The ballot", board.ballotCheck().check(ballot));
      output.write(file, ballot);
      spec.commandLine().getOut().printf("tracker  %s%n", Tracker.of(ballot));
    }
    return 0;
  }
}
