package io.madang.payment.iso20022;

import java.text.Normalizer;

/**
 * Texts as they may stand in a bank's file: letters and digits of any script, spaces and {@code / -
 * ? : ( ) . ,} (the punctuation of SWIFT's character set x without quotes and plus). Everything
 * else becomes a space, and nothing begins with what a spreadsheet takes for a formula.
 */
public final class BankText {
  private static final String PUNCTUATION = "/-?:().,";

  private BankText() {}

  /**
   * The text in allowed characters, cut to a length; {@code "-"} when nothing is left. Lengths are
   * UTF-16 units, because that is what common validators count where the schema means characters;
   * none is cut in half.
   */
  public static String of(String text, int mostUnits) {
    var normal = Normalizer.normalize(text, Normalizer.Form.NFC);
    var clean = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < normal.length(); ) {
      int character = normal.codePointAt(i);
      i += Character.charCount(character);
      boolean isFirst = clean.isEmpty();
      if (!isAllowed(character) || (isFirst && !Character.isLetterOrDigit(character))) {
        gap = !isFirst;
        continue;
      }
      int length = clean.length() + (gap ? 1 : 0) + Character.charCount(character);
      if (length > mostUnits) {
        break;
      }
      clean.append(gap ? " " : "").appendCodePoint(character);
      gap = false;
    }
    return clean.isEmpty() ? "-" : clean.toString();
  }

  private static boolean isAllowed(int character) {
    return Character.isLetterOrDigit(character)
        || Character.getType(character) == Character.NON_SPACING_MARK
        || PUNCTUATION.indexOf(character) >= 0;
  }

  /** Whether a text has exactly the form of an account number: 6 to 20 digits. */
  static boolean isAccountNumber(String text) {
    return text.length() >= 6 && text.length() <= 20 && isDigits(text);
  }

  /** Whether a text is the three digits by which Korean banks are known to each other. */
  static boolean isBankCode(String text) {
    return text.length() == 3 && isDigits(text);
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Identifiers in files: 1 to 35 of ASCII letters, digits and hyphen. */
  static boolean isIdentifier(String text) {
    if (text.isEmpty() || text.length() > 35) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isLetter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!isLetter && !(c >= '0' && c <= '9') && c != '-') {
        return false;
      }
    }
    return true;
  }
}
