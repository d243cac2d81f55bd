package io.madang.payment.qr;

/**
 * A currency by its three-digit code of ISO 4217, for example {@code 410} for the won. Whether the
 * code is assigned to any currency is not checked.
 */
public record QrCurrency(String numericCode) {
  /** The Korean won, which has no minor unit. */
  public static final QrCurrency KRW = new QrCurrency("410");

  /**
   * How many digits the minor unit takes, from ISO 4217's list one: 0 for the won, 2 for nearly all
   * others, among them every code that the list does not hold.
   *
   * <p>The list stands here, not in the platform, whose own table changes with its version and can
   * be replaced by a file.
   */
  public int fractionDigits() {
    return switch (numericCode) {
      case "108", "152", "174", "262", "324", "352", "392", "410", "548" -> 0;
      case "600", "646", "704", "800", "940", "950", "952", "953" -> 0;
      case "048", "368", "400", "414", "434", "512", "788" -> 3;
      case "927", "990" -> 4;
      default -> 2;
    };
  }
}
