package io.madang.gateway.demo;

import io.madang.voting.ElectionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sample registrar and trustees: programs of their own, each with a folder of its own beside
 * the gateway's, that use the public API by the links they were handed. What they keep secret never
 * comes into the gateway's process.
 */
public final class RolePrograms {
  private final URI gateway;
  private final Path folder;
  private final Path mailbox;

  /**
   * Programs for the roles.
   *
   * @param gateway where it is reached
   * @param folder holds a folder for each role
   * @param mailbox where the registrar puts its letters
   */
  public RolePrograms(URI gateway, Path folder, Path mailbox) {
    this.gateway = gateway;
    this.folder = folder.toAbsolutePath();
    this.mailbox = mailbox.toAbsolutePath();
  }

  /** A role's program: short-lived, so that a quick start counts more than speed. */
  private static Process role(List<String> arguments, String link) {
    try {
      var process =
          ChildProgram.prepare(
                  List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"), arguments)
              .start();
      try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
        input.write(link + "\n");
      }
      return process;
    } catch (IOException notStarted) {
      throw new UncheckedIOException("a role's program did not start", notStarted);
    }
  }

  /** The registrar makes credentials, hands over the public ones and writes letters. */
  Process registrar(ElectionId election, String token) {
    return role(
        List.of(
            "registrar",
            "attend",
            "--link",
            "-",
            "--out",
            folder.resolve("registrar").resolve(election.text()).toString(),
            "--mail",
            mailbox.toString(),
            "--mail-from",
            "registrar@campus.example",
            "--mail-domain",
            "campus.example"),
        link("registrar", election, Optional.of(token)));
  }

  /** A trustee goes through the key ceremony, and stays to decrypt if it is to. */
  Process trustee(ElectionId election, int number, String token, boolean decrypts) {
    return role(attend(election, number, decrypts), link("trustee", election, Optional.of(token)));
  }

  /**
   * The trustees that hold a key of this election come back to decrypt; they need no link for that.
   *
   * @return none when these are not the sample election's trustees
   */
  public List<Process> decrypt(ElectionId election, int trustees) {
    var processes = new ArrayList<Process>();
    for (int number = 1; number <= trustees; number++) {
      // Whether there is a key is all that is asked here; it is not read.
      if (Files.exists(folder(election, number).resolve("trustee-private.json"))) {
        processes.add(
            role(
                attend(election, number, /* decrypts= */ true),
                link("trustee", election, Optional.empty())));
      }
    }
    return processes;
  }

  private List<String> attend(ElectionId election, int number, boolean decrypts) {
    var arguments =
        new ArrayList<>(
            List.of(
                "trustee", "attend", "--link", "-", "--out", folder(election, number).toString()));
    if (decrypts) {
      arguments.add("--decrypt");
    }
    return arguments;
  }

  private Path folder(ElectionId election, int number) {
    return folder.resolve("trustee-" + number).resolve(election.text());
  }

  private String link(String role, ElectionId election, Optional<String> token) {
    return gateway + "/" + role + "#" + election + token.map(text -> "." + text).orElse("");
  }

  /** Waits until a program has ended well. */
  static void await(Process process) {
    try {
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("a role's program ended with: " + said.strip());
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      process.destroy();
      throw new IllegalStateException("stopped while a role's program was at work", stopped);
    }
  }
}
