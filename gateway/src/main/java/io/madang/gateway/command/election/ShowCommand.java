package io.madang.gateway.command.election;

import io.madang.voting.Question;
import io.madang.voting.board.Board;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows an election as its archive leaves it, after verifying it. */
@Command(
    name = "show",
    description = "Verify an archive and show the election: questions, state, and the result.",
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The archive.")
  private Path file = Path.of("");

  @Option(names = "--trackers", description = "Also the trackers of the ballots that count.")
  private boolean trackers;

  @Override
  public Integer call() throws IOException {
    try (var archive = ArchiveFile.read(file)) {
      var board = VerifiedArchive.of(archive, spec.commandLine().getErr()).board();
      show(board, spec.commandLine().getOut());
    }
    return 0;
  }

  private void show(Board board, PrintWriter out) {
    var election = board.election();
    out.println(Shown.text(election.name()));
    if (!election.description().isEmpty()) {
      out.println(Shown.text(election.description()));
    }
    out.printf("  election     %s in %s%n", election.id(), election.group().name());
    out.printf("  fingerprint  %s%n", election.fingerprint());
    out.printf("  state        %s%n", state(board));
    out.printf(
        "  voters       %,d of weight %,d%n",
        board.credentials().size(), board.credentials().totalWeight());
    out.printf(
        "  ballots      %,d, of which %,d count, of weight %,d%n",
        board.accepted(), board.counted(), board.countedWeight());
    out.printf(
        "  trustees     %d, of whom %s decrypted%n",
        board.trustees().count(), decrypted(board.decryptedBy()));
    for (int i = 0; i < election.questions().size(); i++) {
      show(i, election.questions().get(i), board, out);
    }
    if (trackers) {
      out.println("The ballots that count:");
      board.countedTrackers().forEach(tracker -> out.printf("  %s%n", tracker));
    }
  }

  private static String state(Board board) {
    return switch (board.phase()) {
      case VOTING -> "open for ballots";
      case CLOSED -> "closed; the encrypted tally is to come";
      case DECRYPTING -> "the trustees decrypt the tally";
      case FINISHED -> "finished";
    };
  }

  private static String decrypted(List<Integer> owners) {
    return owners.isEmpty()
        ? "none has"
        : owners.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " have";
  }

  private static void show(int index, Question question, Board board, PrintWriter out) {
    out.printf(
        "%nQuestion %d (%s%s): %s%n",
        index + 1,
        question.min() == question.max()
            ? Integer.toString(question.max())
            : question.min() + " to " + question.max(),
        question.blank() ? ", or blank" : "",
        Shown.text(question.text()));
    int first = question.blank() ? 1 : 0;
    var counts = board.result().map(result -> result.counts().get(index)).orElse(List.of());
    for (int answer = 0; answer < question.answers().size(); answer++) {
      out.printf(
          "  %3d  %s%s%n",
          answer + 1, count(counts, first + answer), Shown.text(question.answers().get(answer)));
    }
    if (question.blank()) {
      out.printf("       %sblank%n", count(counts, 0));
    }
  }

  private static String count(List<Long> counts, int index) {
    return counts.isEmpty() ? "" : "%,12d  ".formatted(counts.get(index));
  }
}
