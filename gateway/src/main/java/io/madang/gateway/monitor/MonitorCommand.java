package io.madang.gateway.monitor;

import io.madang.chain.Receipt;
import io.madang.chain.TrustedMembers;
import io.madang.voting.board.Checks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Watches the boards of votes, as anybody may. */
@Command(
    name = "monitor",
    description = {
      "Watch the boards of votes: keep the signed heads and every board that gateways show,"
          + " compare, and raise an alarm when one shrinks, reorders, forks, stalls, or its clock"
          + " goes back.",
      "Exit code 1 at the first round with an alarm; the evidence is a file under the archive."
    },
    mixinStandardHelpOptions = true)
public final class MonitorCommand implements Callable<Integer> {
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--gateway",
      required = true,
      paramLabel = "URL",
      description = "Whose boards; several find out whether all show the same.")
  private List<URI> gateways = List.of();

  @Option(
      names = "--members",
      required = true,
      paramLabel = "FILE",
      description = "The members of the voting channel; take it from a source you trust, once.")
  private Path members = Path.of("");

  @Option(
      names = "--archive",
      required = true,
      paramLabel = "DIR",
      description = "Where everything that was shown is kept, and evidence. Goes on from there.")
  private Path archive = Path.of("");

  @Option(
      names = "--every",
      defaultValue = "15",
      paramLabel = "SECONDS",
      description = "Between two rounds (${DEFAULT-VALUE}).")
  private int everySeconds;

  @Option(
      names = "--stall",
      defaultValue = "300",
      paramLabel = "SECONDS",
      description =
          "How long a gateway may be silent, or behind another, or an election open after its time,"
              + " before that is an alarm (${DEFAULT-VALUE}).")
  private int stallSeconds;

  @Option(
      names = "--alarm-command",
      paramLabel = "COMMAND",
      description = "Run by the shell at an alarm, with the name of the evidence's file.")
  private Optional<String> alarmCommand = Optional.empty();

  @Option(names = "--once", description = "Look once: exit code 1 also when one does not answer.")
  private boolean once;

  @Option(names = "--keep-watching", description = "Do not end at an alarm.")
  private boolean keepWatching;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    Files.createDirectories(archive);
    var bell = new AlarmBell(archive.resolve("alarms"), alarmCommand, err);
    var clock = Clock.systemUTC();
    try (var http =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .build();
        var monitor =
            Monitor.open(
                gateways.stream()
                    .<BoardGateway>map(address -> new HttpBoardGateway(http, address))
                    .toList(),
                trusted(),
                Duration.ofSeconds(stallSeconds),
                inParallel(),
                archive)) {
      while (true) {
        var now = clock.instant();
        var round = monitor.look(now);
        for (var alarm : round.alarms()) {
          bell.ring(alarm, now);
        }
        round.troubles().forEach(trouble -> err.println("trouble  " + trouble));
        out.printf("%s  height %d, %d boards%n", now, round.height(), round.boards());
        out.flush();
        if (once) {
          return round.alarms().isEmpty() && round.troubles().isEmpty() ? 0 : 1;
        }
        if (!round.alarms().isEmpty() && !keepWatching) {
          return 1;
        }
        Thread.sleep(Duration.ofSeconds(everySeconds));
      }
    }
  }

  private TrustedMembers trusted() throws IOException {
    try (var input = Files.newInputStream(members)) {
      return switch (TrustedMembers.read(input.readNBytes(Receipt.MAX_BYTES))) {
        case TrustedMembers.Reading.Read(var trusted) -> trusted;
        case TrustedMembers.Reading.Refused(var detail) ->
            throw new IOException(members + " is not a members file: " + detail);
      };
    }
  }

  private static Checks inParallel() {
    return new Checks() {
      @Override
      public <T> List<T> run(List<Supplier<T>> checks) {
        return checks.parallelStream().map(Supplier::get).toList();
      }
    };
  }
}
