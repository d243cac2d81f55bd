package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.chain.PublicKey;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.Rows.ElectionRow;
import io.madang.voting.chain.Rows.PartKey;
import io.madang.voting.chain.Rows.PartRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The committed records of elections that are not announced yet, for threads that check them ahead.
 * One thread tells the changes, any thread reads. What is read while it changes may be incomplete;
 * the records' hashes tell.
 */
final class DraftRecords {
  private final Map<ElectionId, ElectionRow> drafts = new ConcurrentHashMap<>();

  /** Looked up only, never walked through. */
  private final Map<PartKey, Bytes> parts = new ConcurrentHashMap<>();

  void election(@Nullable ElectionRow before, @Nullable ElectionRow after) {
    if (after != null && after.stage() == Stage.DRAFT) {
      drafts.put(after.id(), after);
    } else if (before != null && before.stage() == Stage.DRAFT) {
      drafts.remove(before.id());
      for (var kind : RecordKind.values()) {
        for (int i = 0; i < before.parts().count(kind); i++) {
          parts.remove(new PartKey(before.id(), kind, i));
        }
      }
    }
  }

  /** A part that came; its election is told first. */
  void part(PartRow part) {
    if (drafts.containsKey(part.key().election())) {
      parts.put(part.key(), part.content());
    }
  }

  /** Whether this key may say what the records of this draft are. */
  boolean isDraftOf(ElectionId election, PublicKey administrator) {
    var draft = drafts.get(election);
    return draft != null && draft.administrator().equals(administrator);
  }

  /** The parts of a record so far, one after the other; empty when there is no such draft. */
  Optional<byte[]> record(ElectionId election, RecordKind kind) {
    var draft = drafts.get(election);
    if (draft == null) {
      return Optional.empty();
    }
    var pieces = new ArrayList<byte[]>();
    int length = 0;
    for (int i = 0; i < draft.parts().count(kind); i++) {
      var part = parts.get(new PartKey(election, kind, i));
      if (part == null) {
        return Optional.empty();
      }
      pieces.add(part.toByteArray());
      length = Math.addExact(length, pieces.getLast().length);
    }
    var joined = ByteBuffer.allocate(length);
    pieces.forEach(joined::put);
    return Optional.of(joined.array());
  }
}
