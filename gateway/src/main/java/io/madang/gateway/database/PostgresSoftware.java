package io.madang.gateway.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs for this machine, unpacked once from the archive on the class path (built
 * by the zonky.io project).
 */
final class PostgresSoftware {
  private static final Path SET_SESSION = Path.of("/usr/bin/setsid");

  private final Path folder;

  private PostgresSoftware(Path folder) {
    this.folder = folder;
  }

  /** Unpacks the programs below a folder, unless they are there. */
  static PostgresSoftware in(Path parent) throws IOException {
    var archive = archiveName();
    var target = parent.resolve(archive.replace(".txz", ""));
    if (!Files.isDirectory(target)) {
      // Whoever dies half-way leaves a folder of another name, never half a program.
      Files.createDirectories(parent);
      var unfinished = Files.createTempDirectory(parent, "unpacking-");
      try (var in = PostgresSoftware.class.getResourceAsStream("/" + archive)) {
        if (in == null) {
          throw new IOException(
              "No PostgreSQL for this machine ("
                  + archive
                  + ") is on the class path: set MADANG_DATABASE_URL to a server of your own");
        }
        unpack(in, unfinished);
      }
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      moveOrDiscard(unfinished, target);
    }
    return new PostgresSoftware(target);
  }

  /** The command line that runs one of the programs, also as root. */
  List<String> command(String program, List<String> arguments) {
    var command = new ArrayList<String>();
    if (runsAsRoot()) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it is not root.
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  /**
   * The same, apart from this process's terminal: Ctrl-C there must end the gateway first, which
   * then stops the server.
   */
  List<String> detachedCommand(String program, List<String> arguments) {
    var command = new ArrayList<String>();
    if (Files.isExecutable(SET_SESSION)) {
      command.add(SET_SESSION.toString());
    }
    command.addAll(command(program, arguments));
    return command;
  }

  private static boolean runsAsRoot() {
    try {
      return Files.exists(Path.of("/proc/self"))
          && Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          && uid == 0;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException notUnix) {
      return false;
    }
  }

  private static String archiveName() {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var architecture = System.getProperty("os.arch");
    return "postgres-"
        + (system.startsWith("mac") ? "darwin" : "linux")
        + "-"
        + (architecture.equals("aarch64") ? "arm_64" : "x86_64")
        + ".txz";
  }

  private static void unpack(InputStream archive, Path folder) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(folder.resolve(entry.getName()).resolve("..").normalize());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(target, folder.resolve(entry.getLinkName()));
        } else {
          Files.copy(tar, target);
          if (target.startsWith(folder.resolve("bin"))) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
  }

  private static void moveOrDiscard(Path unfinished, Path target) throws IOException {
    try {
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      // Another process may have unpacked the same programs in the meantime.
      if (!Files.isDirectory(target)) {
        throw failed;
      }
      delete(unfinished);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException failed) {
                  throw new UncheckedIOException(failed);
                }
              });
    }
  }
}
