package io.madang.payment.reconciliation;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a person writes beside a bank transfer, so that the money finds their charge: eight
 * characters that fit into the shortest field that Korean banks have, of Crockford's alphabet (no
 * I, L, O and U), the last of which checks the others: one wrong character makes it none.
 */
public final class PayInReference {
  /** How many characters are free to choose. */
  public static final int FREE = 7;

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int BITS = 5;

  /** A prime above the alphabet's size, so that every weighted difference shows. */
  private static final int MODULUS = 37;

  private static final int MAX_TEXT = 1_000;

  private PayInReference() {}

  /**
   * A reference made of chance.
   *
   * @param random 35 bits or more of it
   */
  public static String of(long random) {
    long left = random;
    while (true) {
      var text = new StringBuilder();
      for (int i = 0; i < FREE; i++) {
        text.append(ALPHABET.charAt((int) ((left >>> (BITS * i)) & (ALPHABET.length() - 1))));
      }
      int check = check(text);
      // Five of the 37 remainders have no character; the next number has another one.
      if (check < ALPHABET.length()) {
        return text.append(ALPHABET.charAt(check)).toString();
      }
      left++;
    }
  }

  private static int check(CharSequence seven) {
    int sum = 0;
    for (int i = 0; i < FREE; i++) {
      sum += (i + 2) * ALPHABET.indexOf(seven.charAt(i));
    }
    return sum % MODULUS;
  }

  private static boolean isReference(String text) {
    return check(text) == ALPHABET.indexOf(text.charAt(FREE));
  }

  /** As it is shown: two groups of four. */
  public static String shown(String reference) {
    return reference.substring(0, FREE / 2 + 1) + "-" + reference.substring(FREE / 2 + 1);
  }

  /**
   * Everything in a text that may be a reference, whatever stands around it and however it was
   * typed: small or full-width letters, hyphens and spaces inside, O for 0, I and L for 1.
   */
  public static Set<String> in(String text) {
    var some = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    var typed = Normalizer.normalize(some, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    var found = new LinkedHashSet<String>();
    var run = new StringBuilder();
    for (int i = 0; i <= typed.length(); i++) {
      char character = i < typed.length() ? read(typed.charAt(i)) : '|';
      if (ALPHABET.indexOf(character) >= 0) {
        run.append(character);
      } else if (character != ' ') {
        addAll(run, found);
        run.setLength(0);
      }
    }
    return found;
  }

  /** What a character was meant to be; a space for what may stand inside a reference. */
  private static char read(char typed) {
    return switch (typed) {
      case 'O' -> '0';
      case 'I', 'L' -> '1';
      case '-', '\u2010', '\u2011', '\u2013', '\u2212', '_', '\t', '\n', '\r' -> ' ';
      default -> typed;
    };
  }

  private static void addAll(CharSequence run, Set<String> found) {
    for (int from = 0; from + FREE < run.length(); from++) {
      var window = run.subSequence(from, from + FREE + 1).toString();
      if (isReference(window)) {
        found.add(window);
      }
    }
  }
}
