package io.madang.voting.chain;

import io.madang.voting.archive.ArchiveWriter;
import java.util.function.Consumer;

/**
 * The head of an election's archive: the hash of its last event, which commits to all before it.
 * Kept without the archive's bytes, so that every block can name it.
 *
 * @param hash 64 lower-case hexadecimal digits; empty before the first event
 * @param events how many there are
 */
public record Head(String hash, long events) {
  static final Head NONE = new Head("", 0);

  /** The head after one more event. */
  Head after(Consumer<ArchiveWriter> event) {
    // The time stands in the records' headers only, not in what is hashed.
    var writer = events == 0 ? ArchiveWriter.create(0) : ArchiveWriter.resume(0, hash, events);
    event.accept(writer);
    return new Head(writer.head().orElseThrow(), writer.events());
  }
}
