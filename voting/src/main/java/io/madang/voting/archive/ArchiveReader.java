package io.madang.voting.archive;

import io.madang.voting.CredentialList;
import io.madang.voting.record.Digest;
import io.madang.voting.record.RefusalReason;
import io.madang.voting.record.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an archive event by event, and checks all that can be said without knowing what an election
 * is: headers, hashes, the chain of events, and that each event has exactly its own records before
 * it. Stops by {@link RefusedException}.
 */
final class ArchiveReader {
  private static final String DATA = ".data.json";
  private static final String EVENT = ".event.json";
  private static final String FIRST_NAME = "BELENIOS";
  private static final int HASH_LENGTH = 64;

  private final ArchiveSource source;
  private long position;
  private long records;
  private long timestampSeconds;
  private Optional<String> head = Optional.empty();
  private long height;

  ArchiveReader(ArchiveSource source) {
    this.source = source;
  }

  /** A record's content, and where in the archive it stands. */
  record Content(String hash, byte[] bytes, long position) {}

  /** An event with its data records. */
  record ReadEvent(Event event, List<Content> data) {
    /** The hash that the event names its payload by is that of the last record. */
    Content payload() {
      return data.getLast();
    }
  }

  /** How many records were begun. */
  long records() {
    return records;
  }

  /** How many events were read. */
  long events() {
    return height;
  }

  /** The hash of the last event. */
  Optional<String> head() {
    return head;
  }

  long position() {
    return position;
  }

  long timestampSeconds() {
    return timestampSeconds;
  }

  /** Reads the first record, which says what kind of file this is. */
  void begin() {
    records++;
    var header = header();
    timestampSeconds = header.timestampSeconds();
    var content = new String(content(header), StandardCharsets.UTF_8);
    var seconds = Long.toString(timestampSeconds);
    boolean known =
        content.equals(ArchiveWriter.firstContent(seconds, true))
            || content.equals(ArchiveWriter.firstContent(seconds, false));
    if (!header.name().equals(FIRST_NAME) || !known) {
      throw refused(RefusalReason.WRONG_HEADER);
    }
  }

  /** The next event; empty at the end of the archive. */
  Optional<ReadEvent> next() {
    var data = new ArrayList<Content>();
    while (position < source.length()) {
      records++;
      var header = header();
      if (header.timestampSeconds() != timestampSeconds) {
        throw refused(RefusalReason.WRONG_HEADER);
      }
      long start = position;
      byte[] content = content(header);
      var hash = Digest.hex(content);
      if (header.name().equals(hash + DATA)) {
        data.add(new Content(hash, content, start));
      } else if (header.name().equals(hash + EVENT)) {
        return Optional.of(event(hash, content, data));
      } else {
        boolean named =
            header.name().length() > HASH_LENGTH
                && (header.name().endsWith(DATA) || header.name().endsWith(EVENT));
        throw refused(named ? RefusalReason.WRONG_HASH : RefusalReason.WRONG_HEADER);
      }
      if (data.size() > EventType.SETUP.records()) {
        throw refused(RefusalReason.MISPLACED_RECORD);
      }
    }
    if (!data.isEmpty()) {
      throw refused(RefusalReason.MISPLACED_RECORD);
    }
    return Optional.empty();
  }

  private ReadEvent event(String hash, byte[] content, List<Content> data) {
    var event = Event.read(content);
    if (!event.parent().equals(head) || event.height() != height) {
      throw refused(RefusalReason.BROKEN_CHAIN);
    }
    boolean itsOwn =
        data.size() == event.type().records()
            && event.payload().map(payload -> payload.equals(data.getLast().hash())).orElse(true);
    if (!itsOwn) {
      throw refused(RefusalReason.MISPLACED_RECORD);
    }
    head = Optional.of(hash);
    height++;
    return new ReadEvent(event, data);
  }

  private ArchiveHeader header() {
    if (source.length() - position < ArchiveHeader.BLOCK) {
      throw refused(RefusalReason.TRUNCATED);
    }
    var header =
        ArchiveHeader.read(source.read(position, ArchiveHeader.BLOCK))
            .orElseThrow(() -> refused(RefusalReason.WRONG_HEADER));
    position += ArchiveHeader.BLOCK;
    return header;
  }

  private byte[] content(ArchiveHeader header) {
    if (header.length() > CredentialList.MAX_BYTES) {
      throw refused(RefusalReason.TOO_LONG);
    }
    long padded = ArchiveHeader.padded(header.length());
    if (source.length() - position < padded) {
      throw refused(RefusalReason.TRUNCATED);
    }
    byte[] content = source.read(position, (int) header.length());
    byte[] padding = source.read(position + header.length(), (int) (padded - header.length()));
    for (byte b : padding) {
      if (b != 0) {
        throw refused(RefusalReason.WRONG_HEADER);
      }
    }
    position += padded;
    return content;
  }

  private static RefusedException refused(RefusalReason reason) {
    return new RefusedException(reason, "");
  }
}
