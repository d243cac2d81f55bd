package io.madang.voting.record;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes JSON as belenios-tool does: compact, and non-ASCII characters as they are. */
public final class Json {
  private Json() {}

  /** A quoted string. */
  public static String string(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20 || c == 0x7F) {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16));
            out.append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** An array of items that are written by {@code item}. */
  public static <T> String array(List<T> items, Function<? super T, String> item) {
    return items.stream().map(item).collect(Collectors.joining(",", "[", "]"));
  }
}
