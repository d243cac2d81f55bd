package io.madang.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command behind {@code ./madang bench}. */
@CommandLine.Command(
    name = "madang bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the running gateway against yardsticks in the same session (bench/README.md).",
      "payments: payments over HTTP against pgbench's TPC-B; lone: one payment at a time against"
          + " fsync;",
      "start: from process start to the first payment; soak: memory as time goes by.",
      "Without a name: payments, lone and start."
    })
final class Main implements Callable<Integer> {
  /** What can be measured. */
  enum Name {
    payments,
    lone,
    start,
    soak
  }

  @Parameters(arity = "0..*", description = "${COMPLETION-CANDIDATES}")
  private List<Name> names = List.of();

  @Option(
      names = "--minutes",
      defaultValue = "10",
      description = "length of soak (${DEFAULT-VALUE})")
  private int minutes;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "length of a leg (${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "legs of each kind (${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--connections",
      defaultValue = "64",
      description = "of the load (${DEFAULT-VALUE})")
  private int connections;

  @Option(names = "--payers", defaultValue = "10000", description = "(${DEFAULT-VALUE})")
  private int payers;

  @Option(names = "--merchants", defaultValue = "1000", description = "(${DEFAULT-VALUE})")
  private int merchants;

  @Option(names = "--scale", defaultValue = "50", description = "of pgbench (${DEFAULT-VALUE})")
  private int scale;

  @Option(names = "--clients", defaultValue = "8", description = "of pgbench (${DEFAULT-VALUE})")
  private int clients;

  @Option(
      names = "--data",
      defaultValue = "data/bench",
      description = "folder on the disk to be measured, emptied first (${DEFAULT-VALUE})")
  private Path data = Path.of("");

  @Option(names = "--keep", description = "leave the data folder and its logs")
  private boolean keep;

  private Main() {}

  /** Measures and prints. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    var chosen = names.isEmpty() ? List.of(Name.payments, Name.lone, Name.start) : names;
    var folder = data.toAbsolutePath();
    try (var held = BenchFolder.take(folder)) {
      measure(chosen, folder);
      if (!keep) {
        held.remove();
      }
    }
    return 0;
  }

  private void measure(List<Name> chosen, Path folder) throws IOException {
    var settings =
        new Settings(
            folder,
            Path.of(System.getProperty("bench.postgres.programs", "/usr/bin")),
            connections,
            seconds,
            rounds,
            payers,
            merchants,
            scale,
            clients);
    Report.machine();
    try (var session = Session.open(settings)) {
      for (var name : chosen) {
        switch (name) {
          case payments -> PaymentBench.run(session);
          case lone -> LonePaymentBench.run(session);
          case start -> WarmStartBench.run(session);
          case soak -> Soak.run(session, Duration.ofMinutes(minutes));
        }
      }
      session.verifyBooks();
    }
  }
}
