package io.madang.bench;

import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.client.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * The gateway under test: the shipped jar in a Java machine of its own, started as ./madang does.
 */
final class GatewayProcess implements AutoCloseable {
  private static final Path JAR = Path.of("gateway/target/gateway-0.1.0.jar");
  private static final Path LEARNED = Path.of("gateway/target/madang.aot");
  private static final String MAIN = "io.madang.gateway.Main";
  private static final long STOP_SECONDS = 60;
  private static final long START_NANOS = Duration.ofMinutes(3).toNanos();
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(5).toNanos();
  private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

  private final Process process;
  private final InetSocketAddress address;
  private final Path data;

  private GatewayProcess(Process process, InetSocketAddress address, Path data) {
    this.process = process;
    this.address = address;
    this.data = data;
  }

  /**
   * Starts the gateway; it may not answer yet.
   *
   * @param data its folder; kept from one start to the next
   */
  static GatewayProcess start(Path data) {
    try {
      Files.createDirectories(data);
      int port = freePort();
      var command = new ArrayList<String>();
      command.add(ProcessHandle.current().info().command().orElseThrow());
      command.addAll(
          List.of(
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-Djava.awt.headless=true",
              "-XX:AOTCache=" + LEARNED,
              "-Xlog:aot*=off,cds*=off"));
      var options = System.getenv().getOrDefault("MADANG_JAVA_OPTIONS", "").strip();
      if (!options.isEmpty()) {
        command.addAll(List.of(options.split(" +")));
      }
      command.addAll(List.of("-cp", JAR + ":gateway/target/lib/*", MAIN, "serve"));
      var builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log(data).toFile()));
      // All payments come from one address here, which limits for one caller would stop.
      builder.environment().put("MADANG_RATES", "unhurried");
      builder.environment().put("MADANG_PUBLIC_URL", "http://127.0.0.1:" + port);
      builder.environment().put("MADANG_OPERATOR_DOMAIN", "kr.example.bench");
      builder.environment().put("MADANG_MANAGEMENT_PORT", Integer.toString(freePort()));
      builder.environment().put("MADANG_DATA", data.toString());
      builder.environment().put("MADANG_PORT", Integer.toString(port));
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      var process = builder.start();
      // Also when the bench is interrupted: nobody else would stop what it started.
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
      return new GatewayProcess(process, address, data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return log(data);
  }

  private static Path log(Path data) {
    return data.resolve("gateway.log");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /** A caller of its public API. */
  GatewayClient client() {
    return new GatewayClient(
        URI.create("http://%s:%d".formatted(address.getHostString(), address.getPort())));
  }

  /** Waits until it says that it is ready. */
  void awaitReady() {
    var client = client();
    long deadline = System.nanoTime() + START_NANOS;
    while (System.nanoTime() < deadline) {
      try {
        client.bytes("/health/ready");
        return;
      } catch (UncheckedIOException | RefusedException notYet) {
        requireAlive();
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      }
    }
    throw new IllegalStateException("the gateway does not become ready; see " + log());
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /**
   * Complains when the gateway has ended by itself.
   *
   * @throws IllegalStateException with the end of what it printed
   */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "the gateway ended with " + process.exitValue() + "; see " + log());
    }
  }

  /** What lives on the Java heap after a full collection, in bytes. */
  long liveHeapBytes() {
    diagnose("GC.run");
    // Such as "garbage-first heap   total reserved 5G, committed 100M, used 51200K": the used part.
    var used = HEAP_USED.matcher(diagnose("GC.heap_info"));
    if (!used.find()) {
      throw new IllegalStateException("jcmd did not tell the use of the heap");
    }
    return Long.parseLong(used.group(1)) * 1024;
  }

  private String diagnose(String command) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    return Command.run(Map.of(), jcmd, Long.toString(process.pid()), command);
  }

  /** Stops the gateway as an operator would, and with it its PostgreSQL. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the gateway did not stop");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
