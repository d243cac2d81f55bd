package io.madang.gateway.command.election;

import io.madang.voting.Tracker;
import io.madang.voting.archive.ArchiveSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** An archive on disk. Whoever appends holds a lock, so two commands never write at once. */
final class ArchiveFile implements ArchiveSource, AutoCloseable {
  /** Layout of a record: a tar header, then the content in whole blocks. */
  private static final int BLOCK = 512;

  private static final int NAME_END = 100;
  private static final int LENGTH_OFFSET = 124;
  private static final int LENGTH_DIGITS = 11;

  /** What stands before the first ballot: the beginning, four records of data and the event. */
  private static final int OPENING_RECORDS = 6;

  private final Path file;
  private final FileChannel channel;
  private final long length;

  private ArchiveFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    length = channel.size();
  }

  /** Opens an archive that others may append to meanwhile; what they append is not seen. */
  static ArchiveFile read(Path file) throws IOException {
    InputFile.requireFile(file);
    return new ArchiveFile(file, FileChannel.open(file, StandardOpenOption.READ));
  }

  /** Opens an archive to append to it. */
  static ArchiveFile append(Path file) throws IOException {
    InputFile.requireFile(file);
    if (!Files.isWritable(file)) {
      throw new IOException(file + " cannot be written.");
    }
    var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new ArchiveFile(file, channel);
      }
    } catch (OverlappingFileLockException held) {
      // Held by this very program; the same answer.
    }
    channel.close();
    throw new IOException(file + " is being written by another command; try again after it.");
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public byte[] read(long position, int count) {
    var buffer = ByteBuffer.allocate(count);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + buffer.position()) < 0) {
          throw new EOFException(file + " became shorter while it was read.");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.array();
  }

  /** The archive as it was when it was opened, before the first ballot. */
  ArchiveSource opening() throws IOException {
    long end = 0;
    for (int i = 0; i < OPENING_RECORDS && end <= length - BLOCK; i++) {
      end = after(end);
    }
    if (end > length) {
      throw new IOException(file + " is not the archive of an election.");
    }
    return limited(end);
  }

  private ArchiveSource limited(long end) {
    return new ArchiveSource() {
      @Override
      public long length() {
        return end;
      }

      @Override
      public byte[] read(long position, int count) {
        return ArchiveFile.this.read(position, count);
      }
    };
  }

  /** A ballot of this archive, which was verified. */
  byte[] ballot(Tracker tracker) {
    var name = tracker.hex() + ".data.json";
    for (long position = 0; position < length; position = after(position)) {
      byte[] header = read(position, BLOCK);
      if (text(header, 0, NAME_END).equals(name)) {
        return read(position + BLOCK, Math.toIntExact(contentLength(header)));
      }
    }
    throw new IllegalStateException("a ballot that was verified is not in the archive");
  }

  private long after(long position) {
    long content = contentLength(read(position, BLOCK));
    return position + BLOCK + Math.ceilDiv(content, (long) BLOCK) * BLOCK;
  }

  /** The content's length; of a broken header none, which verification refuses later. */
  private static long contentLength(byte[] header) {
    var digits = text(header, LENGTH_OFFSET, LENGTH_OFFSET + LENGTH_DIGITS);
    return digits.matches("[0-7]{11}") ? Long.parseLong(digits, 8) : 0;
  }

  private static String text(byte[] header, int from, int to) {
    int end = from;
    while (end < to && header[end] != 0) {
      end++;
    }
    return new String(Arrays.copyOfRange(header, from, end), StandardCharsets.ISO_8859_1);
  }

  /** Appends whole events; after a failure the archive is what it was. */
  void append(byte[] events) throws IOException {
    var buffer = ByteBuffer.wrap(events);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer, length + buffer.position());
      }
      channel.force(true);
    } catch (IOException e) {
      channel.truncate(length);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
