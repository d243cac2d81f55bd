package io.madang.payment.qr;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identifier of a payment intent: 12 bytes as 24 digits of lower-case hexadecimal, which is
 * what fits the 25 characters of a QR code's reference label. It has one spelling only.
 */
public record IntentId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{24}");

  /**
   * The identifier of this spelling.
   *
   * @throws IllegalArgumentException when it does not have the form of one
   */
  public IntentId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a payment intent's identifier: " + value);
    }
  }

  /** The identifier in a text from outside, or nothing when it does not have the form of one. */
  public static Optional<IntentId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new IntentId(text)) : Optional.empty();
  }

  /** The identifier itself. */
  @Override
  public String toString() {
    return value;
  }
}
