package io.madang.gateway.command;

import io.madang.gateway.demo.RolePrograms;
import io.madang.gateway.demo.SampleElections;
import io.madang.gateway.demo.Smoke;
import io.madang.gateway.setup.AdministratorKeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The people of the demo's elections. The demo starts this as a program beside the gateway, so that
 * the voters' credentials are as far from it as those of a registrar are.
 */
@Command(
    name = "sample-people",
    description = "The demo's people; started by the demo.",
    hidden = true,
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class SamplePeopleCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Where they find everything. */
  static final class Place {
    @Option(names = "--gateway", paramLabel = "URL", required = true, description = "The demo.")
    private URI gateway = URI.create("");

    @Option(
        names = "--administrator",
        paramLabel = "FILE",
        required = true,
        description = "The administrator's key.")
    private Path administrator = Path.of("");

    @Option(
        names = "--people",
        paramLabel = "DIR",
        required = true,
        description = "The folders of registrar and trustees.")
    private Path people = Path.of("");

    @Option(
        names = "--mailbox",
        paramLabel = "DIR",
        required = true,
        description = "The voters' mailbox.")
    private Path mailbox = Path.of("");

    private RolePrograms programs() {
      return new RolePrograms(gateway, people, mailbox);
    }
  }

  /** Holds the sample elections. */
  @Command(description = "Hold the sample elections, unless there are some.")
  int hold(@Mixin Place place) throws IOException {
    SampleElections.hold(
        place.gateway, AdministratorKeyFile.read(place.administrator), place.programs());
    return 0;
  }

  /** Drives one payment, one settlement and one election. */
  @Command(
      description = "Drive one payment, one settlement and one election through the public API.")
  int smoke(
      @Mixin Place place,
      @Option(
              names = "--operator-key",
              paramLabel = "FILE",
              required = true,
              description = "The API key that settles a day.")
          Path operatorKey,
      @Option(
              names = "--day",
              paramLabel = "DATE",
              required = true,
              description = "The day that is settled.")
          LocalDate day,
      @Option(names = "--out", paramLabel = "DIR", description = "Keep what it made there.")
          Optional<Path> out)
      throws IOException {
    PrintWriter text = spec.commandLine().getOut();
    try {
      new Smoke(
              place.gateway,
              text,
              out,
              AdministratorKeyFile.read(place.administrator),
              place.programs(),
              Files.readString(operatorKey).strip(),
              day)
          .run();
    } catch (RuntimeException failed) {
      text.println("FAILED  " + failed.getMessage());
      return 1;
    }
    return 0;
  }
}
