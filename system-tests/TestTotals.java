import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Adds up what every test runner of the build reported, and prints one line: passed, failed,
 * skipped. Exits 1 when a test failed or none ran.
 */
void main() throws IOException {
  // Surefire writes one XML report a class; vitest and Playwright are asked for the same form.
  var suite = Pattern.compile("<testsuite [^>]*>");
  long tests = 0;
  long failed = 0;
  long skipped = 0;
  try (var files = Files.walk(Path.of("."), 6)) {
    var reports =
        files
            .filter(file -> file.toString().matches(".*/target/(surefire|junit)-reports/[^/]*\\.xml"))
            .sorted()
            .toList();
    for (var report : reports) {
      var matcher = suite.matcher(Files.readString(report));
      while (matcher.find()) {
        tests += attribute(matcher.group(), "tests");
        failed += attribute(matcher.group(), "failures") + attribute(matcher.group(), "errors");
        skipped += attribute(matcher.group(), "skipped");
      }
    }
  }
  System.out.printf(
      "%d passed, %d failed, %d skipped%n", tests - failed - skipped, failed, skipped);
  if (failed > 0 || tests == 0) {
    System.exit(1);
  }
}

long attribute(String element, String name) {
  var matcher = Pattern.compile(" " + name + "=\"(\\d+)\"").matcher(element);
  return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
}
