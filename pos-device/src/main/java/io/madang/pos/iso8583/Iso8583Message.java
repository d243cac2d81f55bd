package io.madang.pos.iso8583;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A message of ISO 8583:1987: its type and its data elements as text. Whatever is in one has the
 * form of {@link Iso8583Field}.
 *
 * @param type four digits, such as 0200
 * @param fields the data elements by number
 */
public record Iso8583Message(String type, SortedMap<Integer, String> fields) {
  private static final int PAN = 2;
  private static final int CUSTOMER_CODE = 62;
  private static final int SHOWN_START = 6;
  private static final int SHOWN_END = 4;

  /** Checks what always holds. */
  public Iso8583Message {
    if (!type.matches("0[0-9]{3}")) throw new IllegalArgumentException("not a type: " + type);
    for (var field : fields.entrySet()) {
      var known = Iso8583Field.known().get(field.getKey());
      if (known == null || !known.allows(field.getValue())) {
        throw new IllegalArgumentException("not a value of field " + field.getKey());
      }
    }
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  public static Iso8583Message of(String type, Map<Integer, String> fields) {
    return new Iso8583Message(type, new TreeMap<>(fields));
  }

  public Optional<String> field(int number) {
    return Optional.ofNullable(fields.get(number));
  }

  /** The same with one more data element, or with another value of it. */
  public Iso8583Message with(int number, String value) {
    var more = new TreeMap<>(fields);
    more.put(number, value);
    return new Iso8583Message(type, more);
  }

  /**
   * For logs: the card number shows its first six and last four digits, a customer's code nothing.
   */
  @Override
  public String toString() {
    var text = new StringBuilder(type);
    fields.forEach(
        (number, value) ->
            text.append(' ').append(number).append('=').append(shown(number, value)));
    return text.toString();
  }

  private static String shown(int number, String value) {
    if (number == CUSTOMER_CODE) return "(" + value.length() + " characters)";
    if (number != PAN) return value;
    if (value.length() <= SHOWN_START + SHOWN_END) return "*".repeat(value.length());
    return value.substring(0, SHOWN_START)
        + "*".repeat(value.length() - SHOWN_START - SHOWN_END)
        + value.substring(value.length() - SHOWN_END);
  }
}
