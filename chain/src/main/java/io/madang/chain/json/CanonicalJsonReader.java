package io.madang.chain.json;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A recursive-descent reader that stops at the first byte that is not canonical. */
final class CanonicalJsonReader {
  private final byte[] text;
  private final ArrayList<String> path = new ArrayList<>();
  private int position;

  CanonicalJsonReader(byte[] text) {
    this.text = text;
  }

  /** Carries a refusal out of the recursion; never leaves this class. */
  private static final class Stop extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Stop(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      var reason = getMessage();
      return reason == null ? "" : reason;
    }
  }

  CanonicalJson.Result readAll() {
    try {
      var value = value(0);
      if (position != text.length) {
        throw new Stop("something follows the value");
      }
      return new CanonicalJson.Result.Read(value);
    } catch (Stop stop) {
      return new CanonicalJson.Result.Refused(position, String.join(".", path), stop.reason());
    }
  }

  private JsonValue value(int depth) {
    return switch (peek()) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> new JsonText(string());
      case 't' -> literal("true", new JsonFlag(true));
      case 'f' -> literal("false", new JsonFlag(false));
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw new Stop("a value must stand here");
    };
  }

  private JsonObject object(int depth) {
    refuseTooDeep(depth);
    position++;
    var members = new TreeMap<String, JsonValue>();
    if (peek() == '}') {
      position++;
      return new JsonObject(members);
    }
    @Nullable String previous = null;
    while (true) {
      if (peek() != '"') {
        throw new Stop("a member name must stand here");
      }
      var name = string();
      path.add(name);
      if (previous != null && previous.compareTo(name) >= 0) {
        throw new Stop(
            previous.equals(name) ? "the name occurs twice" : "names are not in ascending order");
      }
      previous = name;
      expect(':');
      members.put(name, value(depth));
      path.removeLast();
      if (peek() == '}') {
        position++;
        return new JsonObject(members);
      }
      expect(',');
    }
  }

  private JsonArray array(int depth) {
    refuseTooDeep(depth);
    position++;
    var values = new ArrayList<JsonValue>();
    if (peek() == ']') {
      position++;
      return new JsonArray(values);
    }
    while (true) {
      path.add(Integer.toString(values.size()));
      values.add(value(depth));
      path.removeLast();
      if (peek() == ']') {
        position++;
        return new JsonArray(values);
      }
      expect(',');
    }
  }

  private JsonNumber number() {
    int start = position;
    boolean negative = text[position] == '-';
    if (negative) {
      position++;
    }
    long magnitude = 0;
    int firstDigit = position;
    while (position < text.length && text[position] >= '0' && text[position] <= '9') {
      magnitude = magnitude * 10 + (text[position] - '0');
      if (magnitude > JsonNumber.MAX) {
        position = start;
        throw new Stop("the number is beyond 2^53-1");
      }
      position++;
    }
    int digits = position - firstDigit;
    if (digits == 0
        || (digits > 1 && text[firstDigit] == '0')
        || (negative && magnitude == 0)
        || startsFractionOrExponent()) {
      position = start;
      throw new Stop("a number is a plain integer without leading zeros");
    }
    return new JsonNumber(negative ? -magnitude : magnitude);
  }

  private boolean startsFractionOrExponent() {
    return position < text.length
        && (text[position] == '.' || text[position] == 'e' || text[position] == 'E');
  }

  private String string() {
    position++;
    int start = position;
    while (true) {
      int c = peek();
      if (c == '"') {
        var string = decode(start, position);
        position++;
        return string;
      }
      if (c == '\\') {
        return stringWithEscapes(start);
      }
      if (c >= 0 && c < 0x20) {
        throw new Stop("a control character stands in a string");
      }
      position++;
    }
  }

  private String stringWithEscapes(int start) {
    var out = new StringBuilder(decode(start, position));
    while (true) {
      int c = peek();
      if (c == '"') {
        position++;
        return out.toString();
      }
      if (c == '\\') {
        position++;
        out.append(escaped());
        continue;
      }
      int from = position;
      while ((c = peek()) != '"' && c != '\\') {
        if (c >= 0 && c < 0x20) {
          throw new Stop("a control character stands in a string");
        }
        position++;
      }
      out.append(decode(from, position));
    }
  }

  private char escaped() {
    int c = peek();
    position++;
    return switch (c) {
      case '"' -> '"';
      case '\\' -> '\\';
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      case 'u' -> controlCharacter();
      default -> throw new Stop("this escape is not canonical");
    };
  }

  /** Only control characters without a short escape are written with {@code \\u}. */
  private char controlCharacter() {
    if (position + 4 > text.length) {
      throw new Stop("the text ends too early");
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      byte c = text[position + i];
      int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (digit < 0) {
        throw new Stop("this escape is not canonical");
      }
      value = value * 16 + digit;
    }
    boolean hasShortEscape = value >= 8 && value <= 13 && value != 11;
    if (value >= 0x20 || hasShortEscape) {
      throw new Stop("this escape is not canonical");
    }
    position += 4;
    return (char) value;
  }

  /** The text between two positions, which is nearly always ASCII and then needs no decoder. */
  private String decode(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] < 0) {
        return decodeUtf8(from, to);
      }
    }
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private String decodeUtf8(int from, int to) {
    var in = ByteBuffer.wrap(text, from, to - from);
    var out = CharBuffer.allocate(to - from);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
      position = in.position();
      throw new Stop("not UTF-8");
    }
    return out.flip().toString();
  }

  private JsonFlag literal(String word, JsonFlag flag) {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
    return flag;
  }

  private void refuseTooDeep(int depth) {
    if (depth > CanonicalJson.MAX_DEPTH) {
      throw new Stop("deeper than " + CanonicalJson.MAX_DEPTH + " levels");
    }
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw new Stop("'" + wanted + "' must stand here");
    }
    position++;
  }

  /** The byte at the position; bytes above ASCII are negative and fit no syntax. */
  private int peek() {
    if (position >= text.length) {
      throw new Stop("the text ends too early");
    }
    return text[position];
  }
}
