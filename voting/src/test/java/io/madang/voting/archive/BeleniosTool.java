package io.madang.voting.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Debian's belenios-tool, of this or a later version, run in a folder of its own. */
public final class BeleniosTool {
  private static final Path PROGRAM = Path.of("/usr/bin/belenios-tool");

  /** Where {@code fetch-belenios-3} puts it. */
  private static final Path PROGRAM_3 =
      Path.of(
          Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
              .orElse(System.getProperty("user.home") + "/.cache"),
          "madang/belenios-3/belenios-tool");

  private final Path program;
  private final Path folder;

  public BeleniosTool(Path folder) {
    this(PROGRAM, folder);
  }

  private BeleniosTool(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** Version 3.3, which knows Ed25519 too; empty where it was not fetched. */
  static Optional<BeleniosTool> version3(Path folder) {
    return Files.isExecutable(PROGRAM_3)
        ? Optional.of(new BeleniosTool(PROGRAM_3, folder))
        : Optional.empty();
  }

  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** What a command said. */
  public record Outcome(int exitCode, byte[] output, String messages) {
    public String text() {
      return new String(output, StandardCharsets.UTF_8).strip();
    }
  }

  /** Runs a command with some input; what it answers is not judged. */
  public Outcome run(byte[] input, String... arguments) {
    try {
      var command = new ArrayList<String>();
      command.add(program.toString());
      command.addAll(List.of(arguments));
      var messages = Files.createTempFile(folder, "messages", ".txt");
      var inputFile = Files.createTempFile(folder, "input", ".txt");
      Files.write(inputFile, input);
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(inputFile.toFile())
              .redirectError(messages.toFile());
      builder.environment().put("BELENIOS_USE_URANDOM", "1");
      var process = builder.start();
      byte[] output = process.getInputStream().readAllBytes();
      int exitCode = process.waitFor();
      var said = Files.readString(messages);
      Files.delete(messages);
      Files.delete(inputFile);
      return new Outcome(exitCode, output, said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs a command that must succeed. */
  Outcome done(byte[] input, String... arguments) {
    var outcome = run(input, arguments);
    if (outcome.exitCode() != 0) {
      throw new AssertionError(String.join(" ", arguments) + ": " + outcome.messages());
    }
    return outcome;
  }

  Outcome done(String... arguments) {
    return done(new byte[0], arguments);
  }

  /** Appends an event to the archive in the folder. */
  void addEvent(String type, byte[] payload) {
    done(payload, "archive", "add-event", "--type=" + type);
  }

  /** What {@code verify} says of the archive in the folder. */
  public Outcome verify() {
    return run(new byte[0], "election", "verify");
  }

  public void write(String file, byte[] content) {
    try {
      Files.write(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] read(String file) {
    try {
      return Files.readAllBytes(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String file) {
    try {
      Files.delete(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one file whose name ends so. */
  String fileEndingWith(String suffix) {
    try (var files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(suffix))
          .sorted()
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
