package io.madang.pos.peers;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Programs that we did not write and that read what we make. Where one is missing its tests are
 * skipped with a word, or fail with {@code -Dui.required=true}, as {@code ./madang test} runs them.
 */
final class Peers {
  private static final Path FOLDER = Path.of("peers").toAbsolutePath();

  private Peers() {}

  /** What a script of the folder {@code peers} says to this input. */
  static String node(String script, String input) throws IOException, InterruptedException {
    require("node");
    require("npm");
    installLibraries();
    return run(input, "node", script);
  }

  /** What Debian's zbar reads on an image. */
  static String zbarimg(Path image) throws IOException, InterruptedException {
    require("zbarimg");
    return run("", "zbarimg", "--quiet", "--raw", image.toString());
  }

  private static void require(String program) {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (there) return;
    if (Boolean.getBoolean("ui.required")) {
      throw new AssertionError("no " + program + " on this machine; ./madang test installs it");
    }
    abort("no " + program + " on this machine");
  }

  private static synchronized void installLibraries() throws IOException, InterruptedException {
    var installed = FOLDER.resolve("node_modules/.package-lock.json");
    if (Files.exists(installed)
        && Files.getLastModifiedTime(installed)
                .compareTo(Files.getLastModifiedTime(FOLDER.resolve("package-lock.json")))
            >= 0) {
      return;
    }
    run("", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent");
  }

  private static String run(String input, String... command)
      throws IOException, InterruptedException {
    var in = Files.createTempFile("peer", ".in");
    var messages = Files.createTempFile("peer", ".err");
    try {
      Files.writeString(in, input);
      var process =
          new ProcessBuilder(new ArrayList<>(List.of(command)))
              .directory(FOLDER.toFile())
              .redirectInput(in.toFile())
              .redirectError(messages.toFile())
              .start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + Files.readString(messages));
      }
      return output;
    } finally {
      Files.delete(in);
      Files.delete(messages);
    }
  }
}
