package io.madang.bench;

import io.madang.gateway.archive.StoredArchive;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Group;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What checking a ballot costs: ours against Debian's belenios-tool on the same archives, one
 * thread each, in processor time.
 */
final class BallotBench {
  private static final int BALLOTS = 200;
  private static final int ROUNDS = 5;
  private static final Pattern CPU_SECONDS = Pattern.compile("cpu ([0-9.]+) ([0-9.]+)");

  private BallotBench() {}

  /**
   * Measures and prints.
   *
   * @param arguments how many Ed25519 ballots to verify in the heap of this machine; none to leave
   *     that out
   */
  public static void main(String[] arguments) throws IOException {
    for (var group : List.of(Group.belenios2048(), Group.ed25519())) {
      var empty = Files.createTempDirectory("madang-bench");
      var full = Files.createTempDirectory("madang-bench");
      var emptyArchive = SampleArchive.write(empty, group, BALLOTS, 0);
      var fullArchive = SampleArchive.write(full, group, BALLOTS, BALLOTS);
      boolean known = group.equals(Group.belenios2048());
      var ours = new double[ROUNDS];
      var theirs = new double[ROUNDS];
      ours(fullArchive); // warms the compiler up
      ours(fullArchive);
      for (int round = 0; round < ROUNDS; round++) {
        ours[round] = (ours(fullArchive) - ours(emptyArchive)) / BALLOTS;
        if (known) {
          theirs[round] = (theirs(full) - theirs(empty)) / BALLOTS;
        }
      }
      print(String.format(Locale.ROOT, "%s: ours %.2f ms a ballot", group.name(), median(ours)));
      if (known) {
        print(
            String.format(
                Locale.ROOT,
                "%s: belenios-tool %.2f ms; ratio %.2f (aim 0.75)",
                group.name(),
                median(theirs),
                median(ours) / median(theirs)));
      }
      Files.delete(emptyArchive);
      Files.delete(fullArchive);
    }
    if (arguments.length > 0) {
      large(Integer.parseInt(arguments[0]));
    }
  }

  private static void large(int ballots) throws IOException {
    var folder = Files.createTempDirectory("madang-bench");
    var archive = SampleArchive.write(folder, Group.ed25519(), ballots, ballots);
    long start = System.nanoTime();
    verify(archive, inParallel());
    print(
        String.format(
            Locale.ROOT,
            "%d Ed25519 ballots, %d MB, in a heap of at most %d MB: %.1f s on %d processors",
            ballots,
            Files.size(archive) >> 20,
            Runtime.getRuntime().maxMemory() >> 20,
            (System.nanoTime() - start) / 1e9,
            Runtime.getRuntime().availableProcessors()));
    Files.delete(archive);
  }

  private static Checks inParallel() {
    return new Checks() {
      @Override
      public <T> List<T> run(List<Supplier<T>> checks) {
        return checks.parallelStream().map(Supplier::get).toList();
      }
    };
  }

  /** Processor milliseconds of our verifier. */
  private static double ours(Path archive) throws IOException {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    verify(archive, Checks.inOrder());
    return (threads.getCurrentThreadCpuTime() - start) / 1e6;
  }

  private static void verify(Path archive, Checks checks) throws IOException {
    try (var source = new StoredArchive(archive)) {
      var verdict = ArchiveVerifier.verify(source, checks, Progress.silent());
      if (verdict instanceof Verdict.Invalid invalid) {
        throw new IllegalStateException(invalid.sentence());
      }
    }
  }

  /** Processor milliseconds of belenios-tool on the one archive in a folder. */
  private static double theirs(Path folder) {
    var script = "TIMEFORMAT='cpu %U %S'; time belenios-tool election verify --dir \"$0\"";
    var output = Command.run(Map.of("LC_ALL", "C"), "bash", "-c", script, folder.toString());
    var times = CPU_SECONDS.matcher(output);
    if (!times.find()) {
      throw new IllegalStateException(output);
    }
    return 1_000 * (Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2)));
  }

  private static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
