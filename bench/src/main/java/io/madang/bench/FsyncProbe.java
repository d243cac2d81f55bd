package io.madang.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;

/**
 * How long the disk takes to make one page durable: what a commit waits for at least. Writes 8 KiB
 * at the next place of a file whose space is there already and calls {@code fdatasync}, which is
 * what PostgreSQL does with its log on Linux.
 */
final class FsyncProbe implements AutoCloseable {
  private static final int PAGE = 8 * 1024;
  private static final int PAGES = 2_048;
  private static final long LONGEST_MICROS = 60_000_000;

  private final FileChannel file;
  private final ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
  private int next;

  /** A probe on the disk of this folder. */
  FsyncProbe(Path folder) throws IOException {
    file =
        FileChannel.open(
            folder.resolve("fsync-probe"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    for (int i = 0; i < PAGES; i++) {
      file.write(page.clear(), (long) i * PAGE);
    }
    file.force(true);
  }

  /** Measures some in a row, in microseconds each. */
  Histogram measure(int times) throws IOException {
    var micros = new Histogram(LONGEST_MICROS, 3);
    for (int i = 0; i < times; i++) {
      page.clear().putInt(0, next);
      long start = System.nanoTime();
      file.write(page, (long) next * PAGE);
      file.force(false);
      micros.recordValue((System.nanoTime() - start) / 1_000);
      next = (next + 1) % PAGES;
    }
    return micros;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
