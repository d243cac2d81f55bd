package io.madang.gateway.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Forms that all answers share. */
public final class Json {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  /** RFC 3339 in UTC with milliseconds. */
  public static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  /** A Korean and an English name. */
  public static JsonObject names(String korean, String english) {
    return new JsonObject().put("ko", korean).put("en", english);
  }

  /** Puts a member that may be absent. */
  public static JsonObject putIfPresent(JsonObject object, String name, Optional<?> value) {
    value.ifPresent(present -> object.put(name, present));
    return object;
  }

  /** The canonical JSON of the chain as an object of an answer. */
  public static JsonObject of(io.madang.chain.json.JsonObject canonical) {
    return new JsonObject(canonical.canonical());
  }

  /**
   * A page of a list.
   *
   * @param found up to one more than a page holds, which shows that another page follows
   * @param cursor what names the last item of the page to the next page
   */
  public static <T> JsonObject page(
      List<T> found, int limit, Function<T, JsonObject> view, Function<T, String> cursor) {
    var shown = found.subList(0, Math.min(limit, found.size()));
    var page = new JsonObject().put("items", new JsonArray(shown.stream().map(view).toList()));
    if (found.size() > limit) page.put("next", cursor.apply(shown.getLast()));
    return page;
  }

  /** A page of views that have a {@code number} of their own, by which the list goes on. */
  public static JsonObject numberedPage(List<JsonObject> found, int limit) {
    return page(found, limit, view -> view, view -> view.getLong("number").toString());
  }

  /**
   * A whole number in a cursor.
   *
   * @throws Problem.Raised when it is none that a list gave
   */
  public static long cursorNumber(Optional<String> cursor, long otherwise) {
    if (cursor.isEmpty()) return otherwise;
    try {
      return Long.parseLong(cursor.get());
    } catch (NumberFormatException notOurs) {
      throw malformedCursor();
    }
  }

  /** The problem of a cursor that no list gave. */
  public static Problem.Raised malformedCursor() {
    return Problem.malformed(List.of(new Problem.Fault("query/cursor", "no list gave this")))
        .raised();
  }
}
