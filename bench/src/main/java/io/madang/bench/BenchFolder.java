package io.madang.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/**
 * The folder of one session's data, emptied when it is taken and held against a second session,
 * which would empty it under the first one's feet.
 */
final class BenchFolder implements AutoCloseable {
  private static final String MARK = "bench";

  private final Path folder;
  private final FileChannel lock;

  private BenchFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes the folder, or empties one that an earlier bench has left.
   *
   * @throws IOException when another bench works in it, when a database of an earlier one still
   *     does, or when it is a stranger's
   */
  static BenchFolder take(Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    // Beside the folder, because the folder is removed. The system lets go of it however we end.
    var lock =
        FileChannel.open(
            folder.resolveSibling(folder.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (!isOurs(lock)) {
      lock.close();
      throw new IOException(
          "Another bench works in " + folder + "; wait for it, or name another --data");
    }
    var taken = new BenchFolder(folder, lock);
    try {
      taken.empty();
    } catch (IOException refused) {
      lock.close();
      throw refused;
    }
    return taken;
  }

  private static boolean isOurs(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private void empty() throws IOException {
    var mark = folder.resolve(MARK);
    if (Files.exists(folder) && !Files.exists(mark)) {
      throw new IOException(folder + " exists and was not made by the bench; name another --data");
    }
    refuseLivingDatabase();
    remove();
    Files.createDirectories(folder);
    Files.writeString(mark, "Made by the bench, which empties this folder.\n");
  }

  /** A bench that was killed may have left its PostgreSQL at work on these files. */
  private void refuseLivingDatabase() throws IOException {
    var pidFile = folder.resolve("postgres/cluster/postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    if (ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .filter(command -> command.contains("postgres"))
        .isPresent()) {
      throw new IOException(
          "The PostgreSQL of an earlier bench still works in " + folder + "; end it: kill " + pid);
    }
  }

  /** Removes the folder and all that is in it. */
  void remove() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
