package io.madang.ledger;

/** The forms of short texts in operations. */
final class TextForms {
  private static final int MAX_REFERENCE = 35;
  private static final int MAX_LABEL = 20;

  private TextForms() {}

  /** Printable ASCII without quotes or backslash, 1 to 35 characters: never needs escaping. */
  static boolean isReference(String text) {
    if (text.isEmpty() || text.length() > MAX_REFERENCE) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\'' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** Lower-case letters, digits, space and hyphen, 1 to 20 characters. */
  static boolean isLabel(String text) {
    if (text.isEmpty() || text.length() > MAX_LABEL) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != ' ' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
