package io.madang.gateway.monitor;

import io.madang.chain.Hash;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells people about an alarm: a line, a file with the evidence, and a command of theirs, which
 * gets the file's name as its last argument. The same alarm rings once while the program runs.
 */
final class AlarmBell {
  private static final int NAME_DIGITS = 16;

  private final Path folder;
  private final Optional<String> command;
  private final PrintWriter err;
  private final Set<String> rung = new HashSet<>();

  AlarmBell(Path folder, Optional<String> command, PrintWriter err) {
    this.folder = folder;
    this.command = command;
    this.err = err;
  }

  /** Tells of one. */
  void ring(Alarm alarm, Instant now) throws IOException {
    if (!rung.add(alarm.kind() + " " + alarm.gateway() + " " + alarm.subject())) {
      return;
    }
    byte[] json =
        CanonicalJson.bytes(
            JsonObject.builder()
                .put("evidence", alarm.evidence())
                .put("gateway", alarm.gateway())
                .put("kind", alarm.kind().kebabName())
                .put("sentence", alarm.sentence())
                .put("subject", alarm.subject())
                .put("time", now.toString())
                .build());
    Files.createDirectories(folder);
    var file =
        folder.resolve(
            alarm.kind().kebabName()
                + "-"
                + Hash.sha256(json).toString().substring(0, NAME_DIGITS)
                + ".json");
    Files.write(Copies.prepared(file), json);
    Copies.replace(file);
    err.printf(
        "ALARM %s  %s  %s: %s Evidence: %s%n",
        alarm.kind().kebabName(), alarm.gateway(), alarm.subject(), alarm.sentence(), file);
    command.ifPresent(line -> run(line, file));
  }

  private void run(String line, Path file) {
    try {
      var process =
          new ProcessBuilder(List.of("/bin/sh", "-c", line + " \"$0\"", file.toString()))
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        err.printf("The alarm command ended with %d: %s%n", code, said.strip());
      }
    } catch (IOException failed) {
      err.printf("The alarm command cannot be started: %s%n", failed.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
