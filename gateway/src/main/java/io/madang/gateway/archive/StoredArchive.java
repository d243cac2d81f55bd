package io.madang.gateway.archive;

import io.madang.voting.archive.ArchiveSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** An archive on disk, of which only what is asked for is read. */
public final class StoredArchive implements ArchiveSource, AutoCloseable {
  private final FileChannel channel;
  private final long length;

  /** Opens an archive; what is appended later is not seen. */
  public StoredArchive(Path file) throws IOException {
    channel = FileChannel.open(file);
    length = channel.size();
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
          throw new IOException("the archive became shorter while it was read");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
