package io.madang.payment.qr;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A merchant's identifier in the registry, for example {@code M-7K3F9Q2X}: 1 to 25 ASCII letters,
 * digits and hyphens.
 */
public record MerchantId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,25}");

  /**
   * The identifier of this spelling.
   *
   * @throws IllegalArgumentException when it does not have the form of one
   */
  public MerchantId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a merchant identifier: " + value);
    }
  }

  /** The identifier in a text from outside, or nothing when it does not have the form of one. */
  public static Optional<MerchantId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new MerchantId(text)) : Optional.empty();
  }

  /** The identifier itself. */
  @Override
  public String toString() {
    return value;
  }
}
