package io.madang.gateway.monitor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Replaces files so that a crash leaves the old one or the new one, whole. */
final class Copies {
  private Copies() {}

  /** Where a new version is prepared; what an earlier run left there is not used. */
  static Path prepared(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  /** Puts the prepared version in the place of the file. */
  static void replace(Path file) throws IOException {
    var prepared = prepared(file);
    sync(prepared);
    Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(Objects.requireNonNull(file.toAbsolutePath().getParent()));
  }

  private static void sync(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
