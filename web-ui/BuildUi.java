import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Builds or tests the pages, as part of the Maven build: {@code java BuildUi.java build} or {@code
 * test}, from this folder. What did not change since it last succeeded is not done again. Without
 * Node 20.19 or newer the jar gets a page that says so, unless {@code -Dui.required=true}.
 */
public class BuildUi {
  private static final Path WEBROOT = Path.of("target/classes/webroot");
  /** Beside the pages in the jar, but not one of them: for what is printed. */
  private static final Path FONTS = Path.of("target/classes/fonts");
  private static final Path PRETENDARD = Path.of("node_modules/pretendard/dist");
  private static final List<String> PRINTED_WEIGHTS = List.of("Regular", "SemiBold");
  private static final Path LOCK = Path.of("package-lock.json");
  private static final Path INSTALLED = Path.of("node_modules/.madang-installed");
  private static final List<String> ROOMS =
      List.of(
          "", "wallet", "till", "merchant", "operator", "explorer", "elections", "vote", "administrator",
          "registrar", "trustee", "mailbox");
  private static final int[] OLDEST_NODE = {20, 19};

  private static final List<String> BUILD_INPUTS =
      List.of(
          "index.html", "wallet", "till", "merchant", "operator", "explorer", "elections", "vote", "administrator",
          "registrar", "trustee", "mailbox", "src", "public",
          "package.json", "package-lock.json", "svelte.config.js", "vite.config.ts",
          "vite.offline.config.ts", "BuildUi.java");
  private static final List<String> TEST_INPUTS =
      List.of("tests", "dev", "tsconfig.json", "vitest.config.ts");

  public static void main(String[] arguments) throws Exception {
    var nodeProblem = nodeProblem();
    if (nodeProblem.isPresent()) {
      withoutNode(nodeProblem.get());
      return;
    }
    switch (arguments.length == 1 ? arguments[0] : "") {
      case "build" -> build();
      case "test" -> test();
      default -> throw new IllegalArgumentException("say build or test");
    }
  }

  private static void build() throws IOException, InterruptedException {
    install();
    copyFonts();
    var stamp = Path.of("target/ui-built");
    var inputs = hashOf(BUILD_INPUTS);
    if (inputs.equals(read(stamp)) && Files.exists(WEBROOT.resolve("sw.js"))) {
      System.out.println("The pages are up to date.");
      return;
    }
    run("npm", "run", "--silent", "build");
    write(stamp, inputs);
  }

  private static void test() throws IOException, InterruptedException {
    install();
    var stamp = Path.of("target/ui-tested");
    // With the program at hand more is tested.
    var more = System.getenv("MADANG_CLASSPATH") == null ? "" : " with the program";
    var inputs = hashOf(Stream.of(BUILD_INPUTS, TEST_INPUTS).flatMap(List::stream).toList()) + more;
    if (inputs.equals(read(stamp))) {
      System.out.println("The pages' tests passed before on the same sources.");
      return;
    }
    run("npm", "run", "--silent", "check");
    run("npm", "test", "--silent");
    write(stamp, inputs);
  }

  /** The TrueType fonts that the server puts into PDF files, with their licence. */
  private static void copyFonts() throws IOException {
    Files.createDirectories(FONTS);
    for (var weight : PRINTED_WEIGHTS) {
      var name = "Pretendard-" + weight + ".ttf";
      copy(PRETENDARD.resolve("public/static/alternative").resolve(name), FONTS.resolve(name));
    }
    copy(PRETENDARD.resolve("LICENSE.txt"), FONTS.resolve("LICENSE.txt"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Install scripts stay off: nothing that we use needs one, and none can do harm. */
  private static void install() throws IOException, InterruptedException {
    var lock = hashOf(List.of(LOCK.toString()));
    if (lock.equals(read(INSTALLED))) return;
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    write(INSTALLED, lock);
  }

  private static Optional<String> nodeProblem() throws InterruptedException {
    try {
      var process = new ProcessBuilder(command("node", "--version")).redirectErrorStream(true).start();
      var version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0 || !version.matches("v\\d+\\.\\d+\\..*")) {
        return Optional.of("node --version said: " + version);
      }
      var numbers = version.substring(1).split("\\.");
      int[] found = {Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])};
      return Arrays.compare(found, OLDEST_NODE) < 0
          ? Optional.of("Node " + version + " is older than 20.19")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("Node was not found");
    }
  }

  private static void withoutNode(String problem) throws IOException {
    if (Boolean.getBoolean("ui.required")) {
      System.err.println(problem + ": the pages cannot be built.");
      System.exit(1);
    }
    System.out.println("[WARNING] " + problem + ": the jar gets a page that says the UI was not built.");
    if (Files.exists(WEBROOT.resolve("sw.js"))) return; // built earlier, when there was a Node
    for (var room : ROOMS) {
      write(
          WEBROOT.resolve(room).resolve("index.html"),
          """
          <!doctype html>
          <html lang="ko">
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width">
          <title>Madang</title>
          <p>화면을 만들지 않고 빌드했어요. Node 20.19 이상을 설치하고 다시 빌드해 주세요.</p>
          <p lang="en">The pages were not built. Install Node 20.19 or newer and build again.</p>
          """);
    }
  }

  private static void run(String... words) throws IOException, InterruptedException {
    int exit = new ProcessBuilder(command(words)).inheritIO().start().waitFor();
    if (exit != 0) {
      System.err.println(String.join(" ", words) + " failed (" + exit + ")");
      System.exit(exit);
    }
  }

  /** On Windows npm is a script that only the shell can start. */
  private static List<String> command(String... words) {
    var command = new ArrayList<>(List.of(words));
    if (System.getProperty("os.name").startsWith("Windows")) command.addAll(0, List.of("cmd", "/c"));
    return command;
  }

  /** One hash over names and contents of all files at or under these places. */
  private static String hashOf(List<String> places) throws IOException {
    var files = new TreeSet<Path>();
    for (var place : places) {
      try (var found = Files.walk(Path.of(place))) {
        found.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var file : files) {
        digest.update((file.toString().replace('\\', '/') + "\0").getBytes(StandardCharsets.UTF_8));
        digest.update(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has SHA-256
    }
  }

  private static String read(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
