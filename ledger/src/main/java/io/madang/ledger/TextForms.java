package io.madang.ledger;

import java.util.List;

/** The forms of short texts in operations. */
final class TextForms {
  private static final int MAX_REFERENCE = 35;
  private static final int MAX_LABEL = 20;
  private static final int MAX_REGION = 10;

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

  /** A merchant category of ISO 18245: four digits. */
  static boolean isCategory(String text) {
    return text.length() == 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** A region: upper-case letters, digits and hyphen, 1 to 10 characters. */
  static boolean isRegion(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_REGION
        && text.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-');
  }

  /** Whether each of some texts comes after the one before, so that none is there twice. */
  static <T extends Comparable<T>> boolean isAscending(List<T> items) {
    for (int i = 1; i < items.size(); i++) {
      if (items.get(i - 1).compareTo(items.get(i)) >= 0) {
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
