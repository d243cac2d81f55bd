package io.madang.gateway.command.election;

import io.madang.voting.ElectionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a draft, and gives the election the identifier that the other roles need. */
@Command(
    name = "new",
    description = "Check a draft (name and questions), and give the election its identifier.",
    mixinStandardHelpOptions = true)
final class NewElectionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description = "The draft: JSON, see docs/election-by-command-line.md.")
  private Path draft = Path.of("");

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The identifier, 14 to 64 letters and digits; a new one if not given.")
  private String id = "";

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The checked draft.")
  private Path file = Path.of("");

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    output.requireFree(file);
    var identifier =
        id.isEmpty()
            ? ElectionId.random(Secrets.RANDOMNESS)
            : ElectionId.parse(id)
                .orElseThrow(
                    () ->
                        new IOException(
                            "--id must be 14 to 64 letters and digits without 0, O, I and l."));
    var read = DraftFile.readNew(draft, identifier);
    output.write(file, DraftFile.json(read));
    var out = spec.commandLine().getOut();
    out.printf("Election %s in group %s.%n", identifier, read.group().name());
    out.println("The registrar and the trustees need both; then open it with 'election open'.");
    return 0;
  }
}
