package io.madang.chain.json;

import java.nio.charset.StandardCharsets;

/**
 * Reads and writes canonical JSON: RFC 8785 (JSON Canonicalization Scheme) restricted to what
 * Madang signs. One meaning has one byte form, so bytes can be compared instead of meanings.
 *
 * <p>Allowed: objects whose names ascend (UTF-16 code units), arrays, strings, integers within
 * ±(2^53-1), true and false; no white space, no null; at most {@value #MAX_DEPTH} levels.
 */
public final class CanonicalJson {
  /** Deepest nesting of objects and arrays that is read. */
  public static final int MAX_DEPTH = 8;

  /** Longest text that is read, in bytes. */
  public static final int MAX_BYTES = 64 * 1024;

  private CanonicalJson() {}

  /** What reading gives: a value, or the first fault. */
  public sealed interface Result {
    /** The text was canonical. */
    record Read(JsonValue value) implements Result {}

    /**
     * The text was refused.
     *
     * @param byteOffset where reading stopped, counted from 0
     * @param path the member being read, such as {@code operation.amount}, empty at the top
     * @param reason what is wrong, in plain words
     */
    record Refused(int byteOffset, String path, String reason) implements Result {
      /** The fault and its place as one plain sentence. */
      public String sentence() {
        // Not with a format: that would write the number in the locale's digits.
        return "Not canonical JSON: " + reason + " (byte " + byteOffset + ", at '" + path + "').";
      }
    }
  }

  /** Reads one value that fills {@code utf8} completely. Never throws. */
  public static Result read(byte[] utf8) {
    return read(utf8, MAX_BYTES);
  }

  /** As {@link #read(byte[])}, for formats that have a longest text of their own. */
  public static Result read(byte[] utf8, int maxBytes) {
    if (utf8.length > maxBytes) {
      return new Result.Refused(maxBytes, "", "longer than " + maxBytes + " bytes");
    }
    return new CanonicalJsonReader(utf8).readAll();
  }

  /**
   * The canonical UTF-8 bytes of a value.
   *
   * @throws IllegalArgumentException when a string has a lone surrogate, which UTF-8 cannot hold
   */
  public static byte[] bytes(JsonValue value) {
    return value.canonical().getBytes(StandardCharsets.UTF_8);
  }

  static void write(JsonValue value, StringBuilder out) {
    switch (value) {
      case JsonText text -> writeText(text.value(), out);
      case JsonNumber number -> out.append(number.value());
      case JsonFlag flag -> out.append(flag.value());
      case JsonArray array -> {
        out.append('[');
        var separator = "";
        for (var item : array.values()) {
          out.append(separator);
          write(item, out);
          separator = ",";
        }
        out.append(']');
      }
      case JsonObject object -> {
        out.append('{');
        var separator = "";
        for (var member : object.members().entrySet()) {
          out.append(separator);
          writeText(member.getKey(), out);
          out.append(':');
          write(member.getValue(), out);
          separator = ",";
        }
        out.append('}');
      }
    }
  }

  private static void writeText(String text, StringBuilder out) {
    out.append('"');
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
          if (Character.isSurrogate(c)) {
            appendPair(text, i++, out);
          } else if (c < 0x20) {
            out.append("\\u00").append(c < 0x10 ? '0' : '1');
            out.append(Character.forDigit(c & 0xF, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static void appendPair(String text, int index, StringBuilder out) {
    if (index + 1 == text.length()
        || !Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1))) {
      throw new IllegalArgumentException("a lone surrogate at " + index);
    }
    out.append(text, index, index + 2);
  }
}
