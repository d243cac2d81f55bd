package io.madang.gateway.command.election;

import io.madang.voting.Tracker;
import io.madang.voting.ballot.BallotCheck;
import io.madang.voting.board.Posting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Casts ballots: all that are named, or none. */
@Command(
    name = "add",
    description = {
      "Check ballots and append them to the archive: all that are named, or none. The archive is",
      "verified first, so many ballots are best added at once."
    },
    mixinStandardHelpOptions = true)
final class AddBallotsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FILE", description = "The election's archive.")
  private Path archive = Path.of("");

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "BALLOT", description = "The ballots.")
  private List<Path> ballots = List.of();

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    try (var open = ArchiveFile.append(archive)) {
      var valid = VerifiedArchive.of(open, spec.commandLine().getErr());
      var board = valid.board();
      var writer = VerifiedArchive.writer(valid);
      var appended = new ByteArrayOutputStream();
      var added = new ArrayList<String>();
      Map<Tracker, byte[]> posted = new HashMap<>();
      for (var file : ballots) {
        byte[] ballot = InputFile.record(file, BallotCheck.MAX_BYTES);
        var early = board.refusalBeforeCheck(ballot);
        if (early.isPresent()) {
          throw new IOException(file + " is refused: " + early.get() + ".");
        }
        var checked = InputFile.accepted(file, board.ballotCheck().check(ballot));
        var posting =
            board.post(
                checked,
                tracker -> {
                  byte[] own = posted.get(tracker);
                  return own == null ? open.ballot(tracker) : own;
                });
        switch (posting) {
          case Posting.Refused(var refusal) ->
              throw new IOException(file + " is refused: " + refusal + ".");
          case Posting.Posted(var tracker, var replaced) -> {
            posted.put(tracker, ballot);
            appended.writeBytes(writer.ballot(ballot));
            added.add("added  " + tracker + replaced.map(old -> ", in place of " + old).orElse(""));
          }
        }
      }
      open.append(appended.toByteArray());
      added.forEach(out::println);
      out.printf("last event  %s%n", writer.head().orElseThrow());
    }
    return 0;
  }
}
