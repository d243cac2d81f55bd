package io.madang.payment;

import java.util.Optional;

/**
 * The number under which a business is registered for tax in Korea (사업자등록번호): ten digits, of which
 * the last one checks the others. Written 123-45-67890: the tax office, the kind of business, and a
 * serial number with the check digit.
 *
 * @param digits all ten, without hyphens
 */
public record BusinessNumber(String digits) {
  private static final int LENGTH = 10;
  private static final int[] WEIGHTS = {1, 3, 7, 1, 3, 7, 1, 3, 5};

  /** The ninth digit counts with the tens of its weighted value, too. */
  private static final int NINTH = 8;

  public BusinessNumber {
    if (!isRight(digits)) throw new IllegalArgumentException("no business number");
  }

  /** Reads ten digits, with or without the two hyphens; empty when they are not right. */
  public static Optional<BusinessNumber> parse(String text) {
    var digits = text.matches("[0-9]{3}-[0-9]{2}-[0-9]{5}") ? text.replace("-", "") : text;
    return isRight(digits) ? Optional.of(new BusinessNumber(digits)) : Optional.empty();
  }

  private static boolean isRight(String digits) {
    return digits.matches("[0-9]{10}") && digits.charAt(LENGTH - 1) - '0' == checkDigit(digits);
  }

  private static int checkDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (digits.charAt(i) - '0');
    }
    sum += WEIGHTS[NINTH] * (digits.charAt(NINTH) - '0') / 10;
    return (10 - sum % 10) % 10;
  }

  /** As people write it, with hyphens. */
  @Override
  public String toString() {
    return digits.substring(0, 3) + "-" + digits.substring(3, 5) + "-" + digits.substring(5);
  }
}
