package io.madang.gateway.command.election;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a trustee's files go, with a second copy of the one that cannot be replaced. */
final class SecretKeeping {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder for the trustee's files.")
  private Path folder = Path.of("");

  @Option(
      names = "--backup",
      paramLabel = "DIR",
      description = "Another folder, such as a USB stick, for a copy of the private file.")
  private Optional<Path> backup = Optional.empty();

  @Mixin private Output output = new Output();

  /** A public file of the folder. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** Refuses when one of these files exists already, here or in the backup. */
  void requireFree(String secretName, String... publicNames) throws IOException {
    output.requireFree(file(secretName));
    for (var name : publicNames) {
      output.requireFree(file(name));
    }
    if (backup.isPresent()) {
      output.requireFree(backup.get().resolve(secretName));
    }
  }

  void write(String name, String text) throws IOException {
    output.write(file(name), text);
  }

  /** Writes the private file, and warns of what its loss means. */
  void writeSecret(String name, String text, String loss, PrintWriter out) throws IOException {
    output.writeSecret(file(name), text);
    if (backup.isPresent()) {
      var copy = backup.get().resolve(name);
      output.writeSecret(copy, text);
      if (!InputFile.text(copy, text.length() * 4 + 16).equals(text)) {
        throw new IOException("The backup " + copy + " does not read back; make another one.");
      }
    }
    out.println("  ************************************************************************");
    out.printf("  PRIVATE  %s%n", file(name));
    out.println("  Show it to nobody: not to the other trustees, not to the server's operator.");
    out.printf("  %s%n", loss);
    if (backup.isPresent()) {
      out.printf("  A copy is in %s. Keep it in another building.%n", backup.get().resolve(name));
    } else {
      out.println("  THERE IS NO BACKUP YET. Copy it to another medium now, and test the copy.");
    }
    out.println("  ************************************************************************");
  }
}
