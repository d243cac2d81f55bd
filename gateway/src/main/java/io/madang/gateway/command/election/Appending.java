package io.madang.gateway.command.election;

import io.madang.voting.archive.ArchiveWriter;
import io.madang.voting.board.Board;
import io.madang.voting.record.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies an archive and appends the one event that follows. */
final class Appending {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FILE", description = "The election's archive.")
  private Path archive = Path.of("");

  /** What is appended: first the board accepts it, then it is written. */
  interface Step {
    /** The event's bytes. */
    byte[] event(Board board, ArchiveWriter writer) throws IOException;
  }

  /** Does it, and says what is done. */
  int with(Step step, String done) throws IOException {
    try (var open = ArchiveFile.append(archive)) {
      var valid = VerifiedArchive.of(open, spec.commandLine().getErr());
      var writer = VerifiedArchive.writer(valid);
      open.append(step.event(valid.board(), writer));
      var out = spec.commandLine().getOut();
      out.println(done);
      out.printf("last event  %s%n", writer.head().orElseThrow());
    }
    return 0;
  }

  /** Refuses in a sentence. */
  static void require(Optional<Refusal> refusal, String sentence) throws IOException {
    if (refusal.isPresent()) {
      throw new IOException(sentence + " (" + refusal.get() + ").");
    }
  }
}
