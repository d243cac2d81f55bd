package io.madang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Prints what is measured, one line at a time. */
// Error Prone would have its own annotation on each method that formats; it is not on our class
// path.
@SuppressWarnings("AnnotateFormatMethod")
final class Report {
  private Report() {}

  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  static void heading(String format, Object... values) {
    say("");
    say(format, values);
  }

  /** Where this was measured, without which no figure means anything. */
  static void machine() throws IOException {
    var processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown processor");
    say(
        "%s, %d processors, Java %s, load before the start %s",
        processor, Runtime.getRuntime().availableProcessors(), Runtime.version(), loadAverage());
  }

  /** How many tasks wanted a processor during the last minute (proc(5)). */
  private static String loadAverage() throws IOException {
    var averages = Files.readString(Path.of("/proc/loadavg"));
    return averages.substring(0, averages.indexOf(' '));
  }

  /** A leg of payments. */
  static void payments(String name, Leg leg) {
    say(
        "  %-22s %,8.0f/s   p50 %6.2f ms   p99 %6.2f ms   CPU us each: server %4.0f, PostgreSQL"
            + " %4.0f, load %4.0f",
        name,
        leg.perSecond(),
        leg.p50Millis(),
        leg.p99Millis(),
        leg.serverMicros(),
        leg.postgresMicros(),
        leg.generatorMicros());
  }

  /** A leg of the yardstick. */
  static void yardstick(String name, Leg leg) {
    say(
        "  %-22s %,8.0f/s   CPU us each: PostgreSQL %4.0f, load %4.0f",
        name, leg.perSecond(), leg.postgresMicros(), leg.generatorMicros());
  }

  /** A quantity beside what we aim at. */
  static void aim(boolean reached, String format, Object... values) {
    say("  %s  %s", reached ? "reached" : "MISSED ", String.format(Locale.ROOT, format, values));
  }
}
