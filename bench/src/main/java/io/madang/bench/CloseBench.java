package io.madang.bench;

import io.madang.gateway.database.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * The close of a large day, from the blocks in PostgreSQL to the payout file and every merchant's
 * lines. The day is made first, through the engine; then a process of its own closes it.
 */
@CommandLine.Command(
    name = "madang bench close",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a day of captures and refunds on the chain and closes it in a process with a small"
          + " heap (bench/README.md)."
    })
final class CloseBench implements Callable<Integer> {
  @Option(names = "--merchants", defaultValue = "10000", description = "(${DEFAULT-VALUE})")
  private int merchants;

  @Option(names = "--captures", defaultValue = "1000000", description = "(${DEFAULT-VALUE})")
  private int captures;

  @Option(names = "--refunds", description = "of different captures (one for each fifty captures)")
  private int refunds = -1;

  @Option(names = "--seed", defaultValue = "1", description = "of the day (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--heap",
      defaultValue = "512m",
      description = "of the process that closes (${DEFAULT-VALUE})")
  private String heap = "";

  @Option(
      names = "--data",
      defaultValue = "data/bench",
      description = "folder on the disk to be measured, emptied first (${DEFAULT-VALUE})")
  private Path data = Path.of("");

  @Option(names = "--keep", description = "leave the data folder with the day")
  private boolean keep;

  @Option(names = "--again", description = "close the day that --keep left once more")
  private boolean again;

  private CloseBench() {}

  /** Measures and prints. */
  public static void main(String[] arguments) {
    System.setProperty("madang.log.level", "WARN");
    System.exit(new CommandLine(new CloseBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    var folder = data.toAbsolutePath();
    if (again) {
      return close(folder);
    }
    Report.machine();
    try (var held = BenchFolder.take(folder)) {
      var size = new DayMaker.Size(merchants, captures, refunds < 0 ? captures / 50 : refunds);
      make(folder, size, seed);
      int status = close(folder);
      if (!keep) {
        held.remove();
      }
      return status;
    }
  }

  /** Makes the day, and leaves it in the folder with no server running. */
  static void make(Path folder, DayMaker.Size size, long seed) throws IOException {
    Report.heading(
        "Making a day of %,d captures and %,d refunds over %,d merchants (not measured)",
        size.captures(), size.refunds(), size.merchants());
    try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        var town = new ClosingTown(postgres.address(), seed)) {
      new DayMaker(town, size, seed).make();
    }
    Files.writeString(folder.resolve("seed"), Long.toString(seed));
  }

  /** Closes it in a Java machine of its own, with the same classes. */
  private int close(Path folder) throws IOException {
    var process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-Xmx" + heap,
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    CloseDay.class.getName(),
                    folder.toString()))
            .inheritIO()
            .start();
    // Also when the bench is interrupted: the server would be left running.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
    try {
      return process.waitFor();
    } catch (InterruptedException stopped) {
      process.destroy();
      throw new IllegalStateException("stopped", stopped);
    }
  }
}
