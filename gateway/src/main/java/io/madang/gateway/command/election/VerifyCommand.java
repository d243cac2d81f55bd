package io.madang.gateway.command.election;

import io.madang.voting.Tracker;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.Verdict;
import io.madang.voting.board.Board;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies everything, trusting nobody. */
@Command(
    name = "verify",
    description = {
      "Verify an archive: every hash, proof, signature and count, on all processors. Trusts nobody.",
      "Exit code 0 when everything is right, 1 with the place and the reason when it is not."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The archive.")
  private Path file = Path.of("");

  @Option(
      names = "--earlier",
      paramLabel = "FILE",
      description = "An earlier copy: the archive must begin with it, so nothing has vanished.")
  private Optional<Path> earlier = Optional.empty();

  @Option(
      names = "--tracker",
      paramLabel = "TRACKER",
      description = "What a voter kept: it must be among the ballots that count.")
  private Optional<String> tracker = Optional.empty();

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var wanted = wanted();
    try (var archive = ArchiveFile.read(file)) {
      if (earlier.isPresent()) {
        try (var old = ArchiveFile.read(earlier.get())) {
          if (!ArchiveVerifier.isExtension(old, archive)) {
            out.printf(
                "INVALID  %s does not begin with %s: published records changed or vanished"
                    + " (not-an-extension).%n",
                file, earlier.get());
            return 1;
          }
        }
      }
      return switch (VerifiedArchive.verdict(archive, spec.commandLine().getErr())) {
        case Verdict.Invalid invalid -> {
          out.printf("INVALID  %s%n", file);
          out.printf("  %s%n", Shown.text(invalid.sentence()));
          yield 1;
        }
        case Verdict.Valid valid -> {
          if (wanted.isPresent() && !isCounted(valid.board(), wanted.get())) {
            out.printf(
                "NOT COUNTED  %s is right, but %s is not among the ballots that count.%n",
                file, wanted.get());
            out.println("  Only a voter's last ballot counts. If it was yours, raise the alarm.");
            yield 1;
          }
          out.printf("VALID  %s%n", file);
          out.printf("  fingerprint  %s%n", valid.board().election().fingerprint());
          out.printf("  events       %,d%n", valid.events());
          out.printf(
              "  ballots      %,d, of which %,d count%n",
              valid.board().accepted(), valid.board().counted());
          out.printf("  last event   %s%n", valid.head());
          wanted.ifPresent(one -> out.printf("  counted      %s%n", one));
          yield 0;
        }
      };
    }
  }

  private Optional<Tracker> wanted() throws IOException {
    if (tracker.isEmpty()) {
      return Optional.empty();
    }
    var parsed = Tracker.parse(tracker.get());
    if (parsed.isEmpty()) {
      throw new IOException("--tracker must be the 43 characters that 'election vote' printed.");
    }
    return parsed;
  }

  private static boolean isCounted(Board board, Tracker tracker) {
    return board.countedTrackers().contains(tracker);
  }
}
