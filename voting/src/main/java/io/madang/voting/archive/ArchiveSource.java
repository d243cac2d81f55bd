package io.madang.voting.archive;

import java.util.Arrays;

/** Where an archive's bytes come from, in any order: a file, or a byte array. */
public interface ArchiveSource {
  /** How many bytes there are. */
  long length();

  /** So many bytes from a position on; both lie within the archive. */
  byte[] read(long position, int length);

  /** An archive in memory. */
  static ArchiveSource of(byte[] archive) {
    return new ArchiveSource() {
      @Override
      public long length() {
        return archive.length;
      }

      @Override
      public byte[] read(long position, int length) {
        int from = Math.toIntExact(position);
        return Arrays.copyOfRange(archive, from, from + length);
      }
    };
  }
}
