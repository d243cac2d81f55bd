package io.madang.pos.terminal;

/**
 * Which terminal: data element 41.
 *
 * @param value eight capitals and digits
 */
public record TerminalId(String value) implements Comparable<TerminalId> {
  public TerminalId {
    if (!isValid(value)) throw new IllegalArgumentException("not a terminal");
  }

  public static boolean isValid(String value) {
    return value.matches("[A-Z0-9]{8}");
  }

  @Override
  public int compareTo(TerminalId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
