package io.madang.payment.qr;

/**
 * Decimal numbers of objects 54, 56 and 57: digits with at most one point after the first of them,
 * as in {@code 98.73}, {@code 98} and {@code 98.}.
 */
final class DecimalText {
  private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000};

  private DecimalText() {}

  /**
   * The number in units of its last possible digit.
   *
   * @param text at most 13 characters, so that no step below can overflow
   * @param fractionDigits how many digits may follow the point, at most 4
   */
  static long parse(String path, String text, int fractionDigits) throws RefusedException {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    String fraction = point < 0 ? "" : text.substring(point + 1);
    if (whole.isEmpty() || !isDigits(whole) || !isDigits(fraction)) {
      throw new RefusedException(path, QrRefusalReason.AMOUNT_MALFORMED);
    }
    if (fraction.length() > fractionDigits) {
      throw new RefusedException(path, QrRefusalReason.AMOUNT_TOO_PRECISE);
    }
    long units =
        Long.parseLong(whole + fraction) * POWERS_OF_TEN[fractionDigits - fraction.length()];
    if (units == 0) throw new RefusedException(path, QrRefusalReason.AMOUNT_ZERO);
    if (units > QrAmount.MAX_MINOR_UNITS) {
      throw new RefusedException(path, QrRefusalReason.AMOUNT_TOO_LARGE);
    }
    return units;
  }

  /**
   * The shortest text that {@link #parse} reads as this number: whatever was read from 13
   * characters also fits them again. A negative number gives a text that no reader takes.
   */
  static String format(long units, int fractionDigits) {
    if (units < 0) return Long.toString(units);
    long scale = POWERS_OF_TEN[fractionDigits];
    String whole = Long.toString(units / scale);
    // The scale in front keeps the leading zeros of the fraction.
    String fraction = Long.toString(scale + units % scale).substring(1);
    int end = fraction.length();
    while (end > 0 && fraction.charAt(end - 1) == '0') end--;
    return end == 0 ? whole : whole + "." + fraction.substring(0, end);
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(Ids::isDigit);
  }
}
