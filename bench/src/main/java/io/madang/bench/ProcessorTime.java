package io.madang.bench;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.regex.Pattern;

/** Processor time, user and system together, in milliseconds. */
final class ProcessorTime {
  private static final Pattern CPU_SECONDS = Pattern.compile("cpu ([0-9.]+) ([0-9.]+)");

  private ProcessorTime() {}

  /** Of work in this thread. */
  static double of(Runnable work) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    work.run();
    return (threads.getCurrentThreadCpuTime() - start) / 1e6;
  }

  /**
   * Of a line for bash, in a process of its own.
   *
   * @param argument its {@code $0}
   */
  static double ofCommand(String line, String argument) {
    var output =
        Command.run(
            Map.of("LC_ALL", "C", "BELENIOS_USE_URANDOM", "1"),
            "bash",
            "-c",
            "TIMEFORMAT='cpu %U %S'; time { " + line + "; }",
            argument);
    var times = CPU_SECONDS.matcher(output);
    if (!times.find()) {
      throw new IllegalStateException(output);
    }
    return 1_000 * (Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2)));
  }
}
