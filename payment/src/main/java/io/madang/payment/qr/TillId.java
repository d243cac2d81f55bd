package io.madang.payment.qr;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identifier of a till or device of one merchant: 1 to 25 ASCII letters, digits and hyphens.
 */
public record TillId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,25}");

  /**
   * The identifier of this spelling.
   *
   * @throws IllegalArgumentException when it does not have the form of one
   */
  public TillId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a till identifier: " + value);
    }
  }

  /** The identifier in a text from outside, or nothing when it does not have the form of one. */
  public static Optional<TillId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new TillId(text)) : Optional.empty();
  }

  /** The identifier itself. */
  @Override
  public String toString() {
    return value;
  }
}
