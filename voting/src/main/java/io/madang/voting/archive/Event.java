package io.madang.voting.archive;

import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A link of the chain of events. Its own hash commits to everything before it.
 *
 * @param parent the hash of the event before; absent in the first
 * @param height counted from 0
 * @param payload the hash of its payload record, if its type has one
 */
record Event(Optional<String> parent, long height, EventType type, Optional<String> payload) {
  private static final int MAX_BYTES = 1_000;
  private static final int HASH_LENGTH = 64;

  static Event read(byte[] bytes) {
    return RecordReader.read(
        bytes,
        MAX_BYTES,
        reader -> {
          reader.literal("{");
          Optional<String> parent = Optional.empty();
          if (reader.skip("\"parent\":")) {
            parent = Optional.of(reader.plain(HASH_LENGTH));
            reader.literal(",");
          }
          long height = reader.field("height", () -> reader.number(0, Long.MAX_VALUE));
          var type = reader.next("type", () -> type(reader));
          Optional<String> payload =
              type.records() > 0
                  ? Optional.of(reader.next("payload", () -> reader.plain(HASH_LENGTH)))
                  : Optional.empty();
          reader.literal("}");
          return new Event(parent, height, type, payload);
        });
  }

  private static EventType type(RecordReader reader) {
    return EventType.named(reader.plain(HASH_LENGTH))
        .orElseThrow(() -> reader.refused(RefusalReason.UNKNOWN_EVENT));
  }

  byte[] bytes() {
    var json =
        "{"
            + parent.map(hash -> "\"parent\":\"" + hash + "\",").orElse("")
            + "\"height\":"
            + height
            + ",\"type\":\""
            + type.text()
            + "\""
            + payload.map(hash -> ",\"payload\":\"" + hash + "\"").orElse("")
            + "}";
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
