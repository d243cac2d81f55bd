package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The browser stories ({@code browser/stories.mjs}) with the node and the Chromium of this machine.
 * When one is missing they are skipped, or fail when {@code -Dui.required=true}.
 *
 * <p>Most of a story is waiting: for a sample bank, for a page, for a block. So they are told in
 * several lanes at once, each with a demo and a browser of its own.
 */
class BrowserStoriesTest {
  private static final Path HERE = Path.of("browser").toAbsolutePath();
  private static final Path REPORTS = Path.of("target", "junit-reports").toAbsolutePath();
  private static final List<String> TOOLS = List.of("node", "npm", "chromium");

  /** The one that keeps the processors busy all the time; it has a lane of its own. */
  private static final String TOUR = "accessibility";

  private static final String FAILURES = "failing tests:";
  private static final int LONGEST_RUN_MINUTES = 40;

  private static final Map<String, Process> running = new LinkedHashMap<>();

  @BeforeAll
  static void begin() throws Exception {
    var missing = TOOLS.stream().filter(tool -> !isHere(tool)).toList();
    if (!Boolean.getBoolean("ui.required")) {
      assumeTrue(missing.isEmpty(), () -> "not on this machine: " + missing);
    }
    assertThat(missing).as("tools that this machine lacks").isEmpty();
    clear(Files.createDirectories(REPORTS));
    installLibraries();
    for (var lane : lanes().entrySet()) {
      running.put(lane.getKey(), start(lane.getKey(), lane.getValue()));
    }
  }

  @AfterAll
  static void end() {
    running.values().forEach(Process::destroy);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void stories_in_the_browser_are_all_told(String lane) throws Exception {
    var process = Objects.requireNonNull(running.get(lane));
    boolean ended = process.waitFor(LONGEST_RUN_MINUTES, TimeUnit.MINUTES);
    var said = Files.readString(said(lane));
    System.out.println(said);
    assertThat(ended).as("lane %s ended by itself", lane).isTrue();
    int failures = said.lastIndexOf(FAILURES);
    assertThat(process.exitValue())
        .as("%s", failures < 0 ? said : said.substring(failures))
        .isZero();
  }

  static List<String> names() throws IOException {
    return List.copyOf(lanes().keySet());
  }

  /** Every file of stories is in one lane, under the lane's name. */
  private static Map<String, List<String>> lanes() throws IOException {
    var first = new ArrayList<String>();
    var second = new ArrayList<String>();
    for (var story : stories()) {
      if (!story.equals(TOUR)) (second.size() < first.size() ? second : first).add(story);
    }
    var lanes = new LinkedHashMap<String, List<String>>();
    lanes.put("tour", List.of(TOUR));
    lanes.put("stories-1", first);
    lanes.put("stories-2", second);
    return lanes;
  }

  private static List<String> stories() throws IOException {
    try (var files = Files.list(HERE.resolve("stories"))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.mjs$", ""))
          .sorted()
          .toList();
    }
  }

  /** Of reports of an earlier run, which had other lanes perhaps. */
  private static void clear(Path reports) throws IOException {
    try (var old = Files.newDirectoryStream(reports, "browser-*")) {
      for (var report : old) {
        Files.delete(report);
      }
    }
  }

  private static Process start(String lane, List<String> stories) throws IOException {
    var command =
        Stream.concat(
                Stream.of(
                    "node",
                    "--test-reporter=spec",
                    "--test-reporter-destination=stdout",
                    "--test-reporter=junit",
                    "--test-reporter-destination=" + REPORTS.resolve("browser-" + lane + ".xml"),
                    "stories.mjs"),
                stories.stream())
            .toList();
    var builder =
        new ProcessBuilder(command)
            .directory(HERE.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said(lane).toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MADANG_CLASSPATH", Program.classPath());
    builder.environment().put("MADANG_LANE", lane);
    return builder.start();
  }

  private static Path said(String lane) {
    return REPORTS.resolve("browser-" + lane + ".txt");
  }

  private static boolean isHere(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  private static void installLibraries() throws Exception {
    var installed = HERE.resolve("node_modules/.package-lock.json");
    var wanted = HERE.resolve("package-lock.json");
    if (Files.exists(installed)
        && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0) {
      return;
    }
    var log = REPORTS.resolve("browser-libraries.txt");
    var install =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(HERE.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(install.waitFor()).as("npm ci, see %s", log).isZero();
  }
}
