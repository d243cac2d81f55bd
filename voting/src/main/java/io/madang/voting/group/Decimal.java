package io.madang.voting.group;

import java.math.BigInteger;
import java.util.Optional;

/** Numbers as decimal digits in their one form: no sign, no leading zero. */
final class Decimal {
  private Decimal() {}

  static Optional<BigInteger> parse(String text, int maxDigits) {
    if (text.isEmpty()
        || text.length() > maxDigits
        || (text.length() > 1 && text.charAt(0) == '0')) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      // Not Character.isDigit: that also takes the digits of other scripts.
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    return Optional.of(new BigInteger(text));
  }
}
