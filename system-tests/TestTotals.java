import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

static final int LINES_OF_A_FAILURE = 30;

/**
 * Adds up what every test runner of the build reported, names what failed and why, and prints one
 * line: passed, failed, skipped. Exits 1 when a test failed or none ran.
 */
void main() throws IOException {
  // Surefire writes one XML report a class; vitest and Playwright are asked for the same form.
  var suite = Pattern.compile("<testsuite [^>]*>");
  var failure =
      Pattern.compile(
          "<testcase ([^>]*[^/])>\\s*<(failure|error)\\b([^>]*)>(.*?)</\\2>", Pattern.DOTALL);
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
      var text = Files.readString(report);
      // Modules are tested beside each other: what a failure said is gathered here once more.
      failure.matcher(text).results().forEach(found -> tell(report, found));
      var matcher = suite.matcher(text);
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

void tell(Path report, MatchResult failure) {
  System.out.printf(
      "FAILED %s: %s (%s)%n%s%n",
      text(failure.group(1), "classname"), text(failure.group(1), "name"), report, said(failure));
}

/** The first lines of what a test said of its failure. */
String said(MatchResult failure) {
  var body = failure.group(4).replaceAll("<!\\[CDATA\\[|]]>", "").strip();
  return plain(body.isEmpty() ? text(failure.group(3), "message") : body)
      .lines()
      .limit(LINES_OF_A_FAILURE)
      .map(line -> "    " + line)
      .collect(Collectors.joining("\n"));
}

String text(String element, String name) {
  var matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(element);
  return matcher.find() ? plain(matcher.group(1)) : "";
}

String plain(String xml) {
  return xml.replace("&#10;", "\n")
      .replace("&lt;", "<")
      .replace("&gt;", ">")
      .replace("&quot;", "\"")
      .replace("&apos;", "'")
      .replace("&amp;", "&");
}
