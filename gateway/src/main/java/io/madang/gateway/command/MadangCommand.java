package io.madang.gateway.command;

import io.madang.gateway.command.election.ElectionCommand;
import io.madang.gateway.command.election.RegistrarCommand;
import io.madang.gateway.command.election.TrusteeCommand;
import io.madang.gateway.demo.ChildProgram;
import io.madang.gateway.monitor.MonitorCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole command line. Exit codes: 0 done, 1 not so, 2 not understood. */
@Command(
    name = "madang",
    description = "One open gateway through which a city or campus pays and votes.",
    version = "Madang 0.1.0",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      ServeCommand.class,
      SettleCommand.class,
      ReceiptCommand.class,
      ReplayCommand.class,
      ExportCommand.class,
      AuditCommand.class,
      RegistrarCommand.class,
      TrusteeCommand.class,
      ElectionCommand.class,
      MonitorCommand.class,
      SamplePeopleCommand.class
    })
public final class MadangCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs a command that speaks on standard output, and tells its exit code. */
  public static int run(String... arguments) {
    ChildProgram.endWithParentIfAsked();
    return run(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        arguments);
  }

  /** Runs a command that speaks here, and tells its exit code. */
  static int run(PrintWriter out, String... arguments) {
    return run(out, out, arguments);
  }

  /**
   * Runs a command, and tells its exit code.
   *
   * @param out for what was asked for
   * @param err for refusals and progress
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new MadangCommand())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(
            (failure, commandLine, _) -> {
              // Whoever types a command wants a sentence; the stack is for logs.
              commandLine.getErr().println("madang: " + sentence(failure));
              return CommandLine.ExitCode.SOFTWARE;
            })
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? See: madang --help");
  }

  private static String sentence(Throwable failure) {
    var message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
