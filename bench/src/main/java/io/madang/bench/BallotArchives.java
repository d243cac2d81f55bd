package io.madang.bench;

import io.madang.gateway.archive.StoredArchive;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.ArchiveWriter;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Group;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * An archive with ballots and one of a like election without: the difference is what ballots cost.
 */
final class BallotArchives implements AutoCloseable {
  private static final int SHOWN = 40;
  private static final int TIMES_EACH = 3;
  private static final long TIMESTAMP = 1_795_287_931;

  private final Path folder;
  private final SeededElection election;
  private final Path empty;
  private final Path full;

  private BallotArchives(Path folder, SeededElection election) throws IOException {
    this.folder = folder;
    this.election = election;
    empty = write(folder.resolve("empty"), 0);
    full = write(folder.resolve("full"), election.voters());
  }

  /** Writes both into a folder of their own. */
  static BallotArchives write(Group group, int ballots) throws IOException {
    return new BallotArchives(
        Files.createTempDirectory("madang-bench"), new SeededElection(group, ballots, 1));
  }

  /** The file's name is what belenios-tool expects. */
  private Path write(Path in, int ballots) throws IOException {
    var file = Files.createDirectory(in).resolve(election.election().id() + ".bel");
    var records = election.records();
    var writer = ArchiveWriter.create(TIMESTAMP);
    try (var out = Files.newOutputStream(file)) {
      out.write(writer.begin());
      out.write(writer.setup(records.get(0), records.get(1), records.get(2)));
      for (byte[] ballot : election.ballots(0, ballots)) {
        out.write(writer.ballot(ballot));
      }
    }
    return file;
  }

  SeededElection election() {
    return election;
  }

  /** The archive with ballots. */
  Path full() {
    return full;
  }

  /** Processor milliseconds of our verifier for each ballot. */
  double ours(Checks checks) {
    double all = ProcessorTime.of(() -> verify(full, checks));
    return (all - ProcessorTime.of(() -> verify(empty, checks))) / election.voters();
  }

  /** The same of belenios-tool. */
  double theirs() {
    return (theirs(full) - theirs(empty)) / election.voters();
  }

  private static double theirs(Path archive) {
    return ProcessorTime.ofCommand(
        "belenios-tool election verify --dir \"$0\"", String.valueOf(archive.getParent()));
  }

  /**
   * The same of belenios-tool 3.3, if it was fetched. Its {@code verify} does not wait for ballots,
   * so some are shown to {@code verify-ballot}, each several times and in turn with something that
   * is no ballot at all: a start takes ten times what a ballot does, and varies by more than that.
   */
  OptionalDouble theirs3() {
    var program =
        Path.of(
            Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .orElse(System.getProperty("user.home") + "/.cache"),
            "madang/belenios-3/belenios-tool");
    if (!Files.isExecutable(program)) {
      return OptionalDouble.empty();
    }
    try {
      Files.writeString(folder.resolve("none.json"), "{}");
      for (int i = 0; i < SHOWN; i++) {
        Files.write(folder.resolve(i + ".json"), election.ballots(i, i + 1).getFirst());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return OptionalDouble.of(
        BallotBench.median(
            IntStream.range(0, SHOWN)
                .mapToDouble(
                    i -> shown(program, "", String.valueOf(i)) - shown(program, "! ", "none"))
                .toArray()));
  }

  /** Processor milliseconds of showing it once; {@code negation} where it must be refused. */
  private double shown(Path program, String negation, String ballot) {
    return ProcessorTime.ofCommand(
            ("for i in {1..%d}; do %s%s election verify-ballot --dir \"$0/empty\""
                    + " --ballot \"$0/%s.json\" 2>/dev/null; done")
                .formatted(TIMES_EACH, negation, program, ballot),
            folder.toString())
        / TIMES_EACH;
  }

  /** Verifies an archive that must be right. */
  static Verdict.Valid verify(Path archive, Checks checks) {
    try (var source = new StoredArchive(archive)) {
      return switch (ArchiveVerifier.verify(source, checks, Progress.silent())) {
        case Verdict.Valid valid -> valid;
        case Verdict.Invalid invalid -> throw new IllegalStateException(invalid.sentence());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
