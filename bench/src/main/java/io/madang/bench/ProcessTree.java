package io.madang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** A process and its descendants, as Linux's {@code /proc} shows them. */
record ProcessTree(ProcessHandle root) {
  private static final Path PROC = Path.of("/proc");
  private static final long MILLIS_PER_TICK = 10;
  private static final long KIBIBYTE = 1024;

  /** The processor time used so far, also by descendants that have ended. */
  Duration processorTime() {
    return Duration.ofMillis(sum(ProcessTree::ticks) * MILLIS_PER_TICK);
  }

  /**
   * The memory that the processes hold, in bytes; memory that several share counts once
   * (proportional set size).
   */
  long memoryBytes() {
    return sum(pid -> kibibytes(pid, "smaps_rollup", "Pss:")) * KIBIBYTE;
  }

  /** The process alone, without descendants. */
  static Duration processorTimeOf(ProcessHandle process) {
    return Duration.ofMillis(ticks(process.pid()) * MILLIS_PER_TICK);
  }

  /** The resident memory of one process alone, in bytes. */
  static long residentBytesOf(ProcessHandle process) {
    return kibibytes(process.pid(), "status", "VmRSS:") * KIBIBYTE;
  }

  private long sum(ToLongFunction<Long> quantity) {
    return LongStream.concat(
            LongStream.of(root.pid()), root.descendants().mapToLong(ProcessHandle::pid))
        .map(quantity::applyAsLong)
        .sum();
  }

  /** User and system time of the process and of its children that have ended (proc(5), stat). */
  private static long ticks(long pid) {
    var stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    // The command's name stands in brackets and may hold blanks; state is the first field after it.
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Arrays.stream(fields, 11, 15).mapToLong(Long::parseLong).sum();
  }

  private static long kibibytes(long pid, String file, String name) {
    return read(pid, file)
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** Empty when the process has ended meanwhile. */
  private static String read(long pid, String file) {
    try {
      return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file));
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      if (!Files.exists(PROC.resolve(Long.toString(pid)))) {
        return "";
      }
      throw new UncheckedIOException(e);
    }
  }
}
