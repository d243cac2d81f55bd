package io.madang.pos.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A journal in one file: each line begins with the CRC-32C of the rest in eight hexadecimal digits.
 * A torn last line, which a power cut leaves, is dropped when the file is opened; a damaged line
 * before others is refused, for what came of it cannot be known. Not safe for several threads.
 */
public final class JournalFile implements Journal, AutoCloseable {
  private static final int CHECK_LENGTH = 9;

  private final Path path;
  private final List<String> entries;
  private FileChannel channel;

  /**
   * Opens the file, or makes it.
   *
   * @throws IOException when it cannot be read or written, or holds a damaged line before others
   */
  public JournalFile(Path path) throws IOException {
    this.path = path;
    entries = new ArrayList<>();
    long whole = Files.exists(path) ? read(Files.readAllBytes(path)) : 0;
    channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(whole).position(whole);
    channel.force(true);
    forceFolder();
  }

  @Override
  public List<String> entries() {
    return List.copyOf(entries);
  }

  @Override
  public void append(String entry) {
    try {
      write(channel, entry);
      channel.force(false);
      entries.add(entry);
    } catch (IOException e) {
      // What is not durable must not be done: whoever drives the machine stops here.
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void compact(List<String> fewer) {
    var beside = path.resolveSibling(path.getFileName() + ".new");
    try {
      var next =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      for (var entry : fewer) write(next, entry);
      next.force(true);
      Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
      forceFolder();
      channel.close();
      channel = next;
      entries.clear();
      entries.addAll(fewer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Reads whole lines and gives how many bytes they are. */
  private long read(byte[] bytes) throws IOException {
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') end++;
      boolean last = end + 1 >= bytes.length;
      var line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
      boolean right =
          end < bytes.length
              && line.length() >= CHECK_LENGTH
              && line.startsWith(check(line.substring(CHECK_LENGTH)));
      if (!right) {
        if (last) return start;
        throw new IOException("a damaged line at byte " + start + " of " + path);
      }
      entries.add(line.substring(CHECK_LENGTH));
      start = end + 1;
    }
    return start;
  }

  private static void write(FileChannel channel, String entry) throws IOException {
    if (entry.indexOf('\n') >= 0) throw new IllegalArgumentException("an entry is one line");
    var bytes = ByteBuffer.wrap((check(entry) + entry + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) channel.write(bytes);
  }

  private static String check(String entry) {
    var crc = new CRC32C();
    crc.update(entry.getBytes(StandardCharsets.UTF_8));
    return "%08x ".formatted(crc.getValue());
  }

  private void forceFolder() throws IOException {
    try (var folder = FileChannel.open(path.toAbsolutePath().getParent())) {
      folder.force(true);
    }
  }
}
