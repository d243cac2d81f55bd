package io.madang.voting;

import io.madang.voting.group.Randomness;

/** The 58 characters of identifiers and credentials: none is mistaken for another on paper. */
public final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  /** Bytes from here on would make some characters likelier than others. */
  private static final int FAIR_LIMIT = 256 / ALPHABET.length() * ALPHABET.length();

  private Base58() {}

  /** So many characters, each as likely as the other. */
  public static String random(int length, Randomness randomness) {
    var text = new StringBuilder();
    var one = new byte[1];
    while (text.length() < length) {
      randomness.fill(one);
      int value = one[0] & 0xFF;
      if (value < FAIR_LIMIT) {
        text.append(ALPHABET.charAt(value % ALPHABET.length()));
      }
    }
    return text.toString();
  }

  /** Whether there are only such characters. */
  public static boolean holds(String text) {
    return text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
  }

  /** Which of the 58 a character is. */
  static int value(char c) {
    return ALPHABET.indexOf(c);
  }
}
