package io.madang.gateway.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the whole chain into a file that an auditor can check alone. */
@Command(
    name = "export",
    description = "Write the whole chain as JSON lines; check it with 'audit'.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoredChainOption chain = new StoredChainOption();

  @Parameters(paramLabel = "FILE", description = "A new file.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    return chain.read(
        archive -> {
          try (var out =
              new BufferedOutputStream(
                  Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
            archive.export(out);
          }
          spec.commandLine()
              .getOut()
              .printf("%d blocks of %s in %s%n", archive.height(), archive.genesis().chain(), file);
          return 0;
        });
  }
}
