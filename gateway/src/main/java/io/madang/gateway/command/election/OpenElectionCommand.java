package io.madang.gateway.command.election;

import io.madang.voting.CredentialList;
import io.madang.voting.archive.ArchiveWriter;
import io.madang.voting.board.Board;
import io.madang.voting.trustee.Trustees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Begins the archive. From here on neither questions, trustees nor voters change. */
@Command(
    name = "open",
    description = "Begin the archive from the draft, the trustees and the public credentials.",
    mixinStandardHelpOptions = true)
final class OpenElectionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--draft",
      paramLabel = "FILE",
      required = true,
      description = "What 'election new' wrote.")
  private Path draftFile = Path.of("");

  @Option(
      names = "--trustees",
      paramLabel = "FILE",
      required = true,
      description = "What 'election trustees' wrote.")
  private Path trusteesFile = Path.of("");

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      required = true,
      description = "The registrar's public-credentials.json.")
  private Path credentialsFile = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder for the archive, which is named after the election: ID.bel.")
  private Path folder = Path.of("");

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    var draft = DraftFile.read(draftFile);
    var file = folder.resolve(draft.id() + ".bel");
    output.requireFree(file);
    byte[] trustees = InputFile.record(trusteesFile, Trustees.MAX_BYTES);
    byte[] credentials = InputFile.record(credentialsFile, CredentialList.MAX_BYTES);
    var key =
        InputFile.accepted(trusteesFile, Trustees.read(trustees, draft.group())).electionKey();
    byte[] election = draft.toRecord(key);
    var board =
        InputFile.accepted(
            "The election", Board.open(election, trustees, credentials, new ParallelChecks()));
    if (board.credentials().size() == 0) {
      throw new IOException(credentialsFile + " names no voter.");
    }
    var writer = ArchiveWriter.create(Instant.now().getEpochSecond());
    var archive = new ByteArrayOutputStream();
    archive.writeBytes(writer.begin());
    archive.writeBytes(writer.setup(election, trustees, credentials));
    output.write(file, archive.toByteArray());
    var out = spec.commandLine().getOut();
    out.printf("The election is open: %s%n", file);
    out.printf("  fingerprint  %s%n", board.election().fingerprint());
    out.printf("  voters       %,d%n", board.credentials().size());
    out.printf("  trustees     %d%n", board.trustees().count());
    out.printf("  last event   %s%n", writer.head().orElseThrow());
    return 0;
  }
}
