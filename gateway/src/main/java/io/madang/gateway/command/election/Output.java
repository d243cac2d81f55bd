package io.madang.gateway.command.election;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import picocli.CommandLine.Option;

/** Writes files whole or not at all, and replaces none unless it is asked to. */
final class Output {
  private static final String SECRET = "rw-------";
  private static final String PUBLIC = "rw-r--r--";

  @Option(names = "--force", description = "Replace files that exist.")
  private boolean force;

  /** For commands whose purpose is to change their own files. */
  static Output replacing() {
    var output = new Output();
    output.force = true;
    return output;
  }

  /** Refuses when one of the files exists; to be asked before anything is done. */
  void requireFree(Path... files) throws IOException {
    for (var file : files) {
      if (!force && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw exists(file);
      }
    }
  }

  private static IOException exists(Path file) {
    return new IOException(
        file + " exists already. Name another place, or replace it with --force.");
  }

  /** Writes what everybody may read. */
  void write(Path file, byte[] content) throws IOException {
    write(file, content, PUBLIC);
  }

  /** Writes what everybody may read, with an end of line. */
  void write(Path file, String text) throws IOException {
    write(file, line(text), PUBLIC);
  }

  /** Writes what only its owner may read (mode 600), never readable by others in between. */
  void writeSecret(Path file, String text) throws IOException {
    write(file, line(text), SECRET);
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void write(Path file, byte[] content, String permissions) throws IOException {
    try {
      replace(file, content, permissions);
    } catch (FileSystemException e) {
      throw cannotWrite(file, e);
    }
  }

  private void replace(Path file, byte[] content, String permissions) throws IOException {
    var target = file.toAbsolutePath();
    var folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new IOException(file + " is a folder.");
    }
    Files.createDirectories(folder);
    var unfinished =
        Files.createTempFile(
            folder,
            ".unfinished",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(SECRET)));
    try {
      Files.write(unfinished, content, StandardOpenOption.SYNC);
      if (!permissions.equals(SECRET)) {
        // Not asked of a secret's file, which has them: a USB stick often refuses to be asked.
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString(permissions));
      }
      Files.move(
          unfinished,
          target,
          force ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING} : new CopyOption[0]);
    } catch (FileAlreadyExistsException already) {
      throw exists(file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static IOException cannotWrite(Path file, FileSystemException why) {
    var reason = why instanceof AccessDeniedException ? "permission denied" : why.getReason();
    return new IOException(
        "Cannot write " + file + (reason == null ? "." : ": " + reason + "."), why);
  }
}
