package io.madang.pos.iso8583;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The data elements of ISO 8583:1987 that our link knows. Others are refused: a till that sends
 * track data or a PIN block talks to the wrong terminal.
 *
 * @param number 2 to 128
 * @param length the characters of a fixed one, or the most of a variable one
 * @param lengthDigits 0 for a fixed one, 2 (LLVAR) or 3 (LLLVAR)
 * @param content which characters it may have
 */
public record Iso8583Field(int number, int length, int lengthDigits, Content content) {
  /** Characters of a data element. */
  public enum Content {
    /** Digits. */
    N,
    /** Letters and digits; spaces fill up. */
    AN,
    /** Printable ASCII. */
    ANS,
    /** C or D, and digits. */
    X_N
  }

  private static final Map<Integer, Iso8583Field> KNOWN = new TreeMap<>();

  static {
    variable(2, 19, 2, Content.N);
    fixed(3, 6, Content.N);
    fixed(4, 12, Content.N);
    fixed(7, 10, Content.N);
    fixed(11, 6, Content.N);
    fixed(12, 6, Content.N);
    fixed(13, 4, Content.N);
    fixed(15, 4, Content.N);
    fixed(18, 4, Content.N);
    fixed(22, 3, Content.N);
    fixed(24, 3, Content.N);
    fixed(25, 2, Content.N);
    variable(32, 11, 2, Content.N);
    variable(33, 11, 2, Content.N);
    fixed(37, 12, Content.AN);
    fixed(38, 6, Content.AN);
    fixed(39, 2, Content.AN);
    fixed(41, 8, Content.ANS);
    fixed(42, 15, Content.ANS);
    fixed(43, 40, Content.ANS);
    variable(48, 999, 3, Content.ANS);
    fixed(49, 3, Content.N);
    for (int number = 60; number <= 63; number++) variable(number, 999, 3, Content.ANS);
    fixed(70, 3, Content.N);
    for (int number = 74; number <= 77; number++) fixed(number, 10, Content.N);
    for (int number = 86; number <= 89; number++) fixed(number, 16, Content.N);
    fixed(90, 42, Content.N);
    fixed(95, 42, Content.AN);
    fixed(97, 17, Content.X_N);
  }

  private static void fixed(int number, int length, Content content) {
    KNOWN.put(number, new Iso8583Field(number, length, 0, content));
  }

  private static void variable(int number, int most, int digits, Content content) {
    KNOWN.put(number, new Iso8583Field(number, most, digits, content));
  }

  /** All that are known, by number. */
  public static Map<Integer, Iso8583Field> known() {
    return Collections.unmodifiableMap(KNOWN);
  }

  /** Whether this is a value of this data element. */
  public boolean allows(String value) {
    boolean rightLength =
        lengthDigits == 0 ? value.length() == length : !value.isEmpty() && value.length() <= length;
    if (!rightLength) return false;
    for (int i = 0; i < value.length(); i++) {
      char one = value.charAt(i);
      boolean digit = one >= '0' && one <= '9';
      boolean letter = (one >= 'A' && one <= 'Z') || (one >= 'a' && one <= 'z');
      boolean right =
          switch (content) {
            case N -> digit;
            case AN -> digit || letter || one == ' ';
            case ANS -> one >= ' ' && one <= '~';
            case X_N -> i == 0 ? one == 'C' || one == 'D' : digit;
          };
      if (!right) return false;
    }
    return true;
  }
}
