package io.madang.chain;

/**
 * The form of a chain's name: {@code [a-z0-9-]{1,40}}. It is signed, so no two chains share one.
 */
public final class ChainId {
  private static final int MAX_LENGTH = 40;

  private ChainId() {}

  /** Whether the text has the form of a chain id. */
  public static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) return false;
    for (int i = 0; i < text.length(); i++) {
      if (!fits(text.charAt(i))) return false;
    }
    return true;
  }

  private static boolean fits(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }
}
