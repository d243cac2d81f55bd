import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the browser stories (browser/stories.mjs) with the node and the Chromium of this machine. When
 * one is missing they are skipped with a clear word, or fail when {@code -Dui.required=true}.
 */
public class BrowserStories {
  public static void main(String[] stories) throws IOException, InterruptedException {
    if (Runtime.version().feature() < 25) {
      System.out.println(
          "Browser stories FAILED: Maven itself must run on a JDK 25 (JAVA_HOME; ./madang sets it).");
      System.exit(1);
    }
    var here = Path.of("browser").toAbsolutePath();
    for (var tool : List.of("node", "npm", "chromium")) {
      if (program(tool) == null) {
        boolean required = Boolean.getBoolean("ui.required");
        System.out.printf(
            "Browser stories %s: no %s on this machine.%n", required ? "FAILED" : "skipped", tool);
        System.exit(required ? 1 : 0);
      }
    }
    if (librariesAreOld(here)) {
      run(here, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent");
    }
    var reports = Path.of("target", "junit-reports").toAbsolutePath();
    Files.createDirectories(reports);
    run(
        here,
        Stream.concat(
                Stream.of(
                    "node",
                    "--test-reporter=spec",
                    "--test-reporter-destination=stdout",
                    "--test-reporter=junit",
                    "--test-reporter-destination=" + reports.resolve("browser-stories.xml"),
                    "stories.mjs"),
                Stream.of(stories))
            .toArray(String[]::new));
  }

  private static Path program(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private static boolean librariesAreOld(Path folder) throws IOException {
    var installed = folder.resolve("node_modules/.package-lock.json");
    return !Files.exists(installed)
        || Files.getLastModifiedTime(installed)
                .compareTo(Files.getLastModifiedTime(folder.resolve("package-lock.json")))
            < 0;
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int status = builder.start().waitFor();
    if (status != 0) {
      System.exit(status);
    }
  }
}
