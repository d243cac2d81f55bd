package io.madang.gateway.monitor;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far each gateway has shown its boards, kept over restarts. It is written after the copies
 * that it speaks of, so after a crash it says too little, never too much.
 */
final class Seen {
  private static final String TROUBLE = "trouble";

  private final Path file;
  private final TreeMap<String, NavigableMap<String, Long>> gateways = new TreeMap<>();

  private Seen(Path file) {
    this.file = file;
  }

  static Seen open(Path file) throws IOException {
    var seen = new Seen(file);
    if (Files.exists(file)) {
      try {
        var all = new JsonObject(Files.readString(file));
        for (var gateway : all.fieldNames()) {
          var boards = all.getJsonObject(gateway);
          boards.fieldNames().forEach(name -> seen.of(gateway).put(name, boards.getLong(name)));
        }
      } catch (DecodeException | ClassCastException damaged) {
        throw new IOException(file + " is damaged.", damaged);
      }
    }
    return seen;
  }

  private NavigableMap<String, Long> of(String gateway) {
    return gateways.computeIfAbsent(gateway, _ -> new TreeMap<>());
  }

  /** How far something was shown by a gateway: a height, or a number of events or hashes. */
  long get(BoardGateway gateway, String subject) {
    return of(gateway.name()).getOrDefault(subject, 0L);
  }

  void set(BoardGateway gateway, String subject, long extent) {
    of(gateway.name()).put(subject, extent);
  }

  /** Everything that a gateway showed under this prefix. */
  Set<String> subjects(BoardGateway gateway, String prefix) {
    var all = of(gateway.name());
    return Set.copyOf(all.subMap(prefix, prefix + Character.MAX_VALUE).keySet());
  }

  /** Since when a gateway has had trouble, if it has. */
  OptionalLong troubledSinceMillis(BoardGateway gateway) {
    var since = of(gateway.name()).get(TROUBLE);
    return since == null ? OptionalLong.empty() : OptionalLong.of(since);
  }

  /** Notes that a gateway has trouble now; the first time counts. */
  void trouble(BoardGateway gateway, long nowMillis) {
    of(gateway.name()).putIfAbsent(TROUBLE, nowMillis);
  }

  void wellAgain(BoardGateway gateway) {
    of(gateway.name()).remove(TROUBLE);
  }

  /** Brings it to the disk. */
  void save() throws IOException {
    var all = new JsonObject();
    gateways.forEach(
        (gateway, boards) -> {
          var numbers = new JsonObject();
          boards.forEach(numbers::put);
          all.put(gateway, numbers);
        });
    Files.writeString(Copies.prepared(file), all.encode());
    Copies.replace(file);
  }
}
