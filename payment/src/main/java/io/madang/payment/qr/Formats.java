package io.madang.payment.qr;

import java.text.Normalizer;

/**
 * The character formats of EMVCo MPM 1.1: N are digits, ans printable ASCII, S precomposed Unicode
 * text. Each method gives its value back, or refuses it.
 */
final class Formats {
  private Formats() {}

  /** Format N: exactly so many ASCII digits. */
  static String digits(String path, String value, int length) throws RefusedException {
    if (!value.codePoints().allMatch(Ids::isDigit)) {
      throw new RefusedException(path, QrRefusalReason.NOT_DIGITS);
    }
    if (value.length() != length) throw new RefusedException(path, QrRefusalReason.WRONG_LENGTH);
    return value;
  }

  /** Format ans: printable ASCII, at most so many characters. */
  static String ascii(String path, String value, int maxLength) throws RefusedException {
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      throw new RefusedException(path, QrRefusalReason.CONTROL_CHARACTER);
    }
    if (!value.codePoints().allMatch(point -> point >= 0x20 && point <= 0x7E)) {
      throw new RefusedException(path, QrRefusalReason.NOT_PRINTABLE_ASCII);
    }
    return atMost(path, value, maxLength);
  }

  /** Exactly so many ASCII letters. */
  static String letters(String path, String value, int length) throws RefusedException {
    ascii(path, value, 99);
    if (value.length() != length) throw new RefusedException(path, QrRefusalReason.WRONG_LENGTH);
    if (!value.chars().allMatch(Formats::isLetter)) {
      throw new RefusedException(path, QrRefusalReason.MALFORMED);
    }
    return value;
  }

  /** Format S: Unicode text that a display or a receipt printer shows as it is, at most so long. */
  static String text(String path, String value, int maxLength) throws RefusedException {
    if (value.codePoints().anyMatch(Formats::controlsOutput)) {
      throw new RefusedException(path, QrRefusalReason.CONTROL_CHARACTER);
    }
    if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
      throw new RefusedException(path, QrRefusalReason.NOT_NORMALIZED);
    }
    return atMost(path, value, maxLength);
  }

  private static String atMost(String path, String value, int maxLength) throws RefusedException {
    if (value.codePointCount(0, value.length()) > maxLength) {
      throw new RefusedException(path, QrRefusalReason.TOO_LONG);
    }
    return value;
  }

  private static boolean isLetter(int codePoint) {
    return (codePoint >= 'A' && codePoint <= 'Z') || (codePoint >= 'a' && codePoint <= 'z');
  }

  /**
   * Whether a character steers the output instead of showing in it. The bidirectional overrides and
   * isolates belong here: with them a name reads as another on the payer's screen. The joiners of
   * Khmer and Persian script do not.
   */
  private static boolean controlsOutput(int codePoint) {
    return Character.isISOControl(codePoint)
        || codePoint == 0x2028
        || codePoint == 0x2029
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
