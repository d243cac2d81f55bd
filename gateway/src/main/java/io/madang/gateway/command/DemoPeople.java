package io.madang.gateway.command;

import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.client.RefusedException;
import io.madang.gateway.demo.ChildProgram;
import io.madang.gateway.demo.RolePrograms;
import io.madang.voting.ElectionId;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Starts the demo's people as programs beside the gateway: those who hold the sample elections,
 * once, and the trustees of the open one when a visitor has closed it. Ends them with the demo.
 */
final class DemoPeople implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  /** Exit codes from here on say that a signal ended a program, such as the one of Ctrl-C. */
  private static final int BY_A_SIGNAL = 128;

  private final URI address;
  private final GatewayClient anyone;
  private final Path administrator;
  private final Path folder;
  private final Path mailbox;
  private final PrintWriter text;
  private final Queue<Process> started = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /**
   * People of a demo.
   *
   * @param address where the gateway is reached
   * @param administrator the file with the key of the administrator of elections
   * @param folder where registrar and trustees keep their folders
   * @param mailbox where voters get letters
   * @param text what visitors are told
   */
  DemoPeople(URI address, Path administrator, Path folder, Path mailbox, PrintWriter text) {
    this.address = address;
    this.anyone = new GatewayClient(address);
    this.administrator = administrator;
    this.folder = folder;
    this.mailbox = mailbox;
    this.text = text;
  }

  /** Beside everything else: encrypting for a dozen voters takes some seconds. */
  void holdElections() {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (!areThere()) {
                  hold();
                }
                attendTallies();
              } catch (IOException | RuntimeException failed) {
                say("The sample elections could not be held: " + failed.getMessage());
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private boolean areThere() {
    return !elections().isEmpty();
  }

  private List<JsonObject> elections() {
    return anyone.get("/v1/elections").getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private void hold() throws IOException, InterruptedException {
    var process = start("hold", List.of());
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    if (exitCode == 0) {
      say("The elections are there: one is open, one has a result.");
    } else if (exitCode < BY_A_SIGNAL) {
      say("The sample elections could not be held: " + said.strip());
    }
  }

  /**
   * Drives one payment and one election.
   *
   * @return the exit code
   */
  int runSmoke(Optional<Path> out) throws IOException, InterruptedException {
    var process =
        start(
            "smoke",
            out.map(kept -> List.of("--out", kept.toAbsolutePath().toString()))
                .orElseGet(List::of));
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line; (line = lines.readLine()) != null; ) {
        text.println(line);
        text.flush();
      }
    }
    return process.waitFor();
  }

  private Process start(String what, List<String> more) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of(
                "sample-people",
                what,
                "--gateway",
                address.toString(),
                "--administrator",
                administrator.toString(),
                "--people",
                folder.toString(),
                "--mailbox",
                mailbox.toString()));
    arguments.addAll(more);
    return keep(ChildProgram.prepare(List.of(), arguments).start());
  }

  private Process keep(Process process) {
    started.add(process);
    if (closed) {
      process.destroy();
    }
    return process;
  }

  /** When somebody has closed the sample election and published its tally, its trustees come. */
  private void attendTallies() throws InterruptedException {
    if (!Files.isDirectory(folder)) {
      return; // These elections are from a time when trustees had no folders.
    }
    var programs = new RolePrograms(address, folder, mailbox);
    Set<String> attended = new HashSet<>();
    while (!closed) {
      for (var election : decrypting()) {
        if (attended.add(election.getString("id"))) {
          programs
              .decrypt(
                  new ElectionId(election.getString("id")),
                  election.getJsonObject("trustees").getInteger("count"))
              .forEach(this::keep);
        }
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private List<JsonObject> decrypting() {
    try {
      return elections().stream()
          .filter(election -> election.getString("stage").equals("decrypting"))
          .toList();
    } catch (UncheckedIOException | RefusedException later) {
      return List.of();
    }
  }

  private void say(String what) {
    if (!closed) {
      text.println("  " + what);
      text.flush();
    }
  }

  @Override
  public void close() {
    closed = true;
    started.forEach(Process::destroy);
  }
}
