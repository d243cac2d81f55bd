package io.madang.vending.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** One file, forced to the disk after each append. */
public final class FileStorage implements Storage, AutoCloseable {
  private final Path file;
  private FileChannel channel;

  /** Opens the file or makes it. */
  public FileStorage(Path file) {
    this.file = file;
    try {
      channel = open(file);
      forceFolder();
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Override
  public byte[] read() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Override
  public void append(byte[] bytes) {
    try {
      writeAll(channel, bytes);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Override
  public void replace(byte[] bytes) {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      try (var target = open(fresh)) {
        writeAll(target, bytes);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      forceFolder();
      channel.close();
      channel = open(file);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  private static void writeAll(FileChannel target, byte[] bytes) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      target.write(buffer);
    }
    target.force(true);
  }

  // A new name is durable only once its folder is.
  private void forceFolder() throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (var channelOfFolder = FileChannel.open(folder, StandardOpenOption.READ)) {
        channelOfFolder.force(true);
      }
    }
  }
}
