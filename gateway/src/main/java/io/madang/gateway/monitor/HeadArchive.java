package io.madang.gateway.monitor;

import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * The signed heads that were seen, one line each, height after height. The file only grows; a line
 * that a crash cut short is cut off when it is opened again. One program at a time holds it.
 */
final class HeadArchive implements AutoCloseable {
  private static final int READ_AT_ONCE = 1 << 16;

  private final Path file;
  private final FileChannel channel;

  /** Where the line of each head begins, and at last where the next one will. */
  private long[] starts = new long[1 << 10];

  private int heads;
  private long firstHeight;

  private HeadArchive(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens the archive, or begins it. */
  static HeadArchive open(Path file) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new IOException(file + " is held by another monitor.");
      }
      var archive = new HeadArchive(file, channel);
      archive.findLines();
      return archive;
    } catch (OverlappingFileLockException held) {
      channel.close();
      throw new IOException(file + " is held by another monitor.", held);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void findLines() throws IOException {
    var buffer = ByteBuffer.allocate(READ_AT_ONCE);
    long position = 0;
    while (channel.read(buffer.clear(), position) > 0) {
      for (int i = 0; i < buffer.position(); i++) {
        if (buffer.get(i) == '\n') {
          addLineEnd(position + i + 1);
        }
      }
      position += buffer.position();
    }
    channel.truncate(starts[heads]);
    if (heads > 0) {
      firstHeight = line(0).height();
      if (line(heads - 1).height() != last()) {
        throw new IOException(file + " is damaged: heads are missing in it.");
      }
    }
  }

  private void addLineEnd(long next) {
    heads++;
    if (heads == starts.length) {
      starts = Arrays.copyOf(starts, heads * 2);
    }
    starts[heads] = next;
  }

  /** The greatest height; 0 when there is none. */
  long last() {
    return heads == 0 ? 0 : firstHeight + heads - 1;
  }

  /** The head of a height, if it was seen. */
  Optional<SignedHead> at(long height) throws IOException {
    return heads == 0 || height < firstHeight || height > last()
        ? Optional.empty()
        : Optional.of(line((int) (height - firstHeight)));
  }

  private SignedHead line(int index) throws IOException {
    var buffer = ByteBuffer.allocate((int) (starts[index + 1] - 1 - starts[index]));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, starts[index] + buffer.position()) < 0) {
        throw new IOException(file + " became shorter while it was read.");
      }
    }
    if (CanonicalJson.read(buffer.array()) instanceof CanonicalJson.Result.Read(JsonObject json)
        && json.members().get("header") instanceof JsonText(var header)
        && json.members().get("commit") instanceof JsonText(var commit)) {
      return SignedHead.read(header, commit).orElseThrow(() -> damaged(index));
    }
    throw damaged(index);
  }

  private IOException damaged(int index) {
    return new IOException(file + " is damaged in line " + (index + 1) + ".");
  }

  /** Appends the head of the next height. It is on disk after {@link #sync}. */
  void append(SignedHead head) throws IOException {
    if (heads > 0 && head.height() != last() + 1) {
      throw new IllegalArgumentException("height " + head.height() + " after " + last());
    }
    var line =
        ByteBuffer.wrap((head.json().canonical() + "\n").getBytes(StandardCharsets.US_ASCII));
    long start = starts[heads];
    while (line.hasRemaining()) {
      channel.write(line, start + line.position());
    }
    if (heads == 0) {
      firstHeight = head.height();
    }
    addLineEnd(start + line.capacity());
  }

  /** Brings what was appended to the disk. */
  void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
