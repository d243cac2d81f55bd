package io.madang.payment.qr;

import java.util.LinkedHashMap;

/**
 * A code under construction that follows no rule but the checksum's. It begins as a good one: an
 * order of 4,500 won at a cafe.
 */
final class RawCode {
  private final LinkedHashMap<String, String> objects = new LinkedHashMap<>();
  private String afterObjects = "";

  RawCode() {
    with("00", "01");
    with("01", "12");
    with("26", object("00", "kr.example.madang") + object("01", "M0001"));
    with("52", "5814");
    with("53", "410");
    with("54", "4500");
    with("58", "KR");
    with("59", "SINCHON COFFEE");
    with("60", "SEOUL");
  }

  /** One object, with its length counted. */
  static String object(String id, String value) {
    return id + Ids.of(value.codePointCount(0, value.length())) + value;
  }

  static String withChecksum(String objects) {
    return objects + "6304" + Crc16.of(objects + "6304");
  }

  /** Sets an object, in its old place when there was one. */
  RawCode with(String id, String value) {
    objects.put(id, value);
    return this;
  }

  RawCode without(String id) {
    objects.remove(id);
    return this;
  }

  /** Moves an object behind all others. */
  RawCode last(String id) {
    String value = objects.getOrDefault(id, "");
    return without(id).with(id, value);
  }

  /** Puts a text behind the objects and before the checksum. */
  RawCode then(String text) {
    afterObjects += text;
    return this;
  }

  /** All but the checksum. */
  String unchecked() {
    var text = new StringBuilder();
    objects.forEach((id, value) -> text.append(object(id, value)));
    return text + afterObjects;
  }

  String text() {
    return withChecksum(unchecked());
  }
}
