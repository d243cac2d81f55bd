package io.madang.gateway.command;

import io.madang.gateway.audit.Audit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks an export with code that shares nothing with the engine. */
@Command(
    name = "audit",
    description = "Check every block, signature, root and the books from an export alone.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "What 'export' wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--until",
      paramLabel = "HEIGHT",
      description = "Stop after this block, and say what the books were then.")
  private long until = Long.MAX_VALUE;

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    return switch (Audit.audit(file, until)) {
      case Audit.Result.Right right -> {
        out.printf(
            "RIGHT  chain %s: %d blocks, %d transactions%n",
            right.chain(), right.height(), right.transactions());
        right
            .assets()
            .forEach(
                (code, books) ->
                    out.printf(
                        "  %-8s issued %,d - redeemed %,d = available %,d + held %,d%n",
                        code, books.issued(), books.redeemed(), books.available(), books.held()));
        right
            .ballots()
            .forEach(
                (election, accepted) ->
                    out.printf("  %s accepted %,d ballots%n", election, accepted));
        yield 0;
      }
      case Audit.Result.Wrong(long height, var detail) -> {
        out.printf("WRONG  at height %d: %s%n", height, detail);
        yield 1;
      }
    };
  }
}
