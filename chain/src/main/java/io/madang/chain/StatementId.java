package io.madang.chain;

/**
 * Names one statement of one signer, so that a retry is recognised: 128 bits, written as 32
 * lower-case hexadecimal digits.
 */
public record StatementId(String hex) implements Comparable<StatementId> {
  private static final int LENGTH = 32;

  public StatementId {
    if (!isValid(hex)) {
      throw new IllegalArgumentException("a statement id is 32 lower-case hexadecimal digits");
    }
  }

  /** Whether the text has the form of a statement id. */
  public static boolean isValid(String text) {
    if (text.length() != LENGTH) return false;
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) return false;
    }
    return true;
  }

  @Override
  public int compareTo(StatementId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
