package io.madang.gateway.payment;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The stickers that may be paid to, in memory; the store is the truth. */
final class OpenStickers {
  private final Map<String, Sticker> byId = new ConcurrentHashMap<>();

  Optional<Sticker> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  void put(Sticker sticker) {
    byId.put(sticker.id(), sticker);
  }

  void close(String id) {
    byId.remove(id);
  }
}
