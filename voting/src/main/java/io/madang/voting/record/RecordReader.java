package io.madang.voting.record;

import io.madang.voting.group.Candidate;
import io.madang.voting.group.Element;
import io.madang.voting.group.ElementFault;
import io.madang.voting.group.Group;
import io.madang.voting.group.Scalar;
import io.madang.voting.group.ScalarField;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Reads a record from front to back by saying what must come next. A canonical record has no choice
 * of white space, order of fields or digits, so what is read and written again would be the same
 * bytes; there is no tree in between. Stops by {@link RefusedException} at the first wrong
 * character.
 */
public final class RecordReader {
  /** Longest text of a number or point: the decimal digits of 2048 bits. */
  private static final int MAX_ELEMENT = 700;

  private final String text;
  private final Deque<String> place = new ArrayDeque<>();
  private int position;

  private RecordReader(String text) {
    this.text = text;
  }

  /** Reads a whole record with {@code reader}; nothing may be left over. */
  public static <T> T read(byte[] utf8, int maxBytes, Function<RecordReader, T> reader) {
    if (utf8.length > maxBytes) {
      throw new RefusedException(RefusalReason.TOO_LONG, "");
    }
    return read(decode(utf8), reader);
  }

  /** Reads a record that is a text inside another record. */
  public static <T> T read(String text, Function<RecordReader, T> reader) {
    var source = new RecordReader(text);
    T value = reader.apply(source);
    if (source.position != text.length()) {
      throw source.refused(RefusalReason.NOT_CANONICAL);
    }
    return value;
  }

  private static String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedException(RefusalReason.NOT_CANONICAL, "");
    }
  }

  /** A refusal of what is being read. */
  public RefusedException refused(RefusalReason reason) {
    var joined = new StringBuilder();
    for (var part : place.reversed()) {
      if (!joined.isEmpty() && !part.startsWith("[")) {
        joined.append('.');
      }
      joined.append(part);
    }
    return new RefusedException(reason, joined.toString());
  }

  /** How far reading has come, for {@link #since}. */
  public int position() {
    return position;
  }

  /** The text from an earlier position to this one. */
  public String since(int start) {
    return text.substring(start, position);
  }

  /** Exactly this must come next. */
  public void literal(String expected) {
    if (!skip(expected)) {
      throw refused(RefusalReason.NOT_CANONICAL);
    }
  }

  /** Skips this if it comes next. */
  public boolean skip(String optional) {
    if (!text.startsWith(optional, position)) {
      return false;
    }
    position += optional.length();
    return true;
  }

  /** Reads {@code "name":} and the value, inside an object. */
  public <T> T field(String name, Supplier<T> value) {
    place.push(name);
    literal("\"" + name + "\":");
    T read = value.get();
    place.pop();
    return read;
  }

  /** Reads {@code ,"name":} and the value, inside an object. */
  public <T> T next(String name, Supplier<T> value) {
    place.push(name);
    literal(",");
    place.pop();
    return field(name, value);
  }

  /** Whether the field of this name comes next, after a comma. */
  public boolean hasNext(String name) {
    return text.startsWith(",\"" + name + "\":", position);
  }

  /** Reads an array with at most {@code max} items, each by its index. */
  public <T> List<T> array(int max, IntFunction<T> item) {
    literal("[");
    var items = new ArrayList<T>();
    if (skip("]")) {
      return items;
    }
    do {
      if (items.size() == max) {
        throw refused(RefusalReason.WRONG_COUNT);
      }
      place.push("[" + items.size() + "]");
      items.add(item.apply(items.size()));
      place.pop();
    } while (skip(","));
    literal("]");
    return items;
  }

  /** Reads an array of exactly {@code count} items. */
  public <T> List<T> arrayOf(int count, IntFunction<T> item) {
    var items = array(count, item);
    if (items.size() != count) {
      throw refused(RefusalReason.WRONG_COUNT);
    }
    return items;
  }

  /** A number from {@code min} to {@code max} without quotes, sign or leading zero. */
  public long number(long min, long max) {
    int start = position;
    while (position < text.length() && isDigit(text.charAt(position)) && position - start < 19) {
      position++;
    }
    var digits = text.substring(start, position);
    if (digits.isEmpty() || (digits.length() > 1 && digits.charAt(0) == '0')) {
      throw refused(RefusalReason.NOT_CANONICAL);
    }
    long value;
    try {
      value = Long.parseLong(digits);
    } catch (NumberFormatException tooLarge) {
      throw refused(RefusalReason.OUT_OF_RANGE);
    }
    if (value < min || value > max) {
      throw refused(RefusalReason.OUT_OF_RANGE);
    }
    return value;
  }

  /**
   * A weight or count: a number up to {@value Weights#MAX_PLAIN}, a string of digits above. Either
   * form is read only where it is the one that would be written.
   */
  public long weight(long min, long max) {
    boolean quoted = skip("\"");
    long value = number(min, max);
    if (quoted) {
      literal("\"");
    }
    if (quoted != value > Weights.MAX_PLAIN) {
      throw refused(RefusalReason.NOT_CANONICAL);
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A quoted string of printable ASCII without escapes. */
  public String plain(int maxLength) {
    literal("\"");
    int start = position;
    while (position < text.length()
        && position - start <= maxLength
        && text.charAt(position) != '"') {
      char c = text.charAt(position);
      if (c < 0x20 || c > 0x7E || c == '\\') {
        throw refused(RefusalReason.NOT_CANONICAL);
      }
      position++;
    }
    if (position - start > maxLength) {
      throw refused(RefusalReason.TOO_LONG);
    }
    var string = text.substring(start, position);
    literal("\"");
    return string;
  }

  /**
   * A quoted string of any characters, escaped as {@link Json#string} does: one text has one form,
   * and the browser's verifier takes no other.
   */
  public String string(int maxLength) {
    int start = position;
    literal("\"");
    var out = new StringBuilder();
    while (!skip("\"")) {
      if (out.length() == maxLength) {
        throw refused(RefusalReason.TOO_LONG);
      }
      char c = character();
      if (c < 0x20) {
        throw refused(RefusalReason.NOT_CANONICAL);
      }
      out.append(c == '\\' ? escaped() : c);
    }
    var string = out.toString();
    if (!Json.string(string).equals(since(start))) {
      throw refused(RefusalReason.NOT_CANONICAL);
    }
    return string;
  }

  private char escaped() {
    char c = character();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) (hexDigit() << 12 | hexDigit() << 8 | hexDigit() << 4 | hexDigit());
      default -> throw refused(RefusalReason.NOT_CANONICAL);
    };
  }

  private int hexDigit() {
    int digit = Character.digit(character(), 16);
    if (digit < 0) {
      throw refused(RefusalReason.NOT_CANONICAL);
    }
    return digit;
  }

  private char character() {
    if (position == text.length()) {
      throw refused(RefusalReason.NOT_CANONICAL);
    }
    return text.charAt(position++);
  }

  /** An exponent, challenge or response: quoted digits below the order. */
  public Scalar scalar(ScalarField field) {
    var digits = plain(MAX_ELEMENT);
    return field.parse(digits).orElseThrow(() -> refused(RefusalReason.OUT_OF_RANGE));
  }

  /** A quoted element of which membership is still to be asked. */
  public Candidate candidate(Group group) {
    return switch (group.parse(plain(MAX_ELEMENT))) {
      case Group.Parsing.Parsed(var candidate) -> candidate;
      case Group.Parsing.Malformed(var fault) -> throw refused(reason(fault));
    };
  }

  /** A quoted element of the group. */
  public Element element(Group group) {
    return switch (group.decode(plain(MAX_ELEMENT))) {
      case Group.Decoding.Member(var element) -> element;
      case Group.Decoding.Refused(var fault) -> throw refused(reason(fault));
    };
  }

  private static RefusalReason reason(ElementFault fault) {
    return switch (fault) {
      case NOT_CANONICAL -> RefusalReason.NOT_CANONICAL;
      case OUT_OF_RANGE, NOT_ON_THE_CURVE, NOT_IN_THE_GROUP -> RefusalReason.NOT_IN_THE_GROUP;
    };
  }
}
