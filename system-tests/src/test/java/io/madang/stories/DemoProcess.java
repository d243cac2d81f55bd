package io.madang.stories;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@code madang demo} as a process of its own, so that it can be killed like one. */
final class DemoProcess implements AutoCloseable {
  /** Long enough for any machine; one that does not stop at all is still found. */
  private static final int LONGEST_STOP_MINUTES = 3;

  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

  private final Process process;
  private final Path data;
  private final URI address;
  private final StartCost startCost;

  private DemoProcess(Process process, Path data, URI address, StartCost startCost) {
    this.process = process;
    this.data = data;
    this.address = address;
    this.startCost = startCost;
  }

  /**
   * What it took from the start of the process until it was reached.
   *
   * @param time by the clock on the wall, which runs on while other programs have the processors
   * @param processor of all processors together
   */
  record StartCost(Duration time, Duration processor) {}

  /** What starts the demo on a data folder. */
  static ProcessBuilder launch(Path data) throws IOException {
    Program.shareDatabaseSoftware(data);
    return Program.madang(List.of("demo", "--data", data.toString(), "--keep", "--port", "0"));
  }

  /** Starts the demo on a data folder and waits until it says where it is reached. */
  static DemoProcess start(Path data) throws IOException {
    var started = Instant.now();
    var process = launch(data).redirectErrorStream(true).start();
    var said = new StringBuilder();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line;
    while ((line = lines.readLine()) != null) {
      said.append(line).append('\n');
      var matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        var time = Duration.between(started, Instant.now());
        var processor = processorTime(process);
        pass(lines);
        return new DemoProcess(
            process, data, URI.create(matcher.group()), new StartCost(time, processor));
      }
    }
    throw new IOException("the demo ended before it served:\n" + said);
  }

  /** Keeps the pipe empty, and passes what the demo says on to the test's own output. */
  private static void pass(BufferedReader lines) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                String line;
                while ((line = lines.readLine()) != null) {
                  System.out.println("demo: " + line);
                }
              } catch (IOException gone) {
                System.out.println("demo: gone");
              }
            });
  }

  URI address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it took of all processors so far, its database left out. */
  Duration processorTime() {
    return processorTime(process);
  }

  private static Duration processorTime(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  StartCost startCost() {
    return startCost;
  }

  /** The database server's own process, which outlives a killed demo. */
  Optional<ProcessHandle> database() {
    return database(data);
  }

  /** The database server's own process on a data folder. */
  static Optional<ProcessHandle> database(Path data) {
    try {
      var note = data.resolve("postgres").resolve("cluster").resolve("postmaster.pid");
      long pid = Long.parseLong(Files.readAllLines(note).getFirst().strip());
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(server -> server.info().command().orElse("").endsWith("postgres"));
    } catch (IOException | RuntimeException noneOrHalfWritten) {
      return Optional.empty();
    }
  }

  /** Ends it as a power cut would: no hook runs. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(LONGEST_STOP_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException("it survived kill -9");
    }
  }

  /** Stops it as Ctrl-C would. */
  void stop() {
    stop(process);
  }

  /** Asks a demo to end and waits until it has. */
  static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_STOP_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("it did not stop by itself");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  /** Stops it as Ctrl-C would. When it was killed before, ends the database that it left behind. */
  @Override
  public void close() {
    try {
      stop();
    } finally {
      database().ifPresent(ProcessHandle::destroy);
    }
  }
}
