package io.madang.gateway.statement;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Minor units as decimals of their asset; exact, never floating point. For one thread. */
final class Amounts {
  private final int scale;
  private final DecimalFormat grouped;

  /** Amounts of an asset with so many digits after the point. */
  Amounts(int scale) {
    this.scale = scale;
    grouped = new DecimalFormat(pattern(), DecimalFormatSymbols.getInstance(Locale.ROOT));
  }

  /** How spreadsheets are told to show them: {@code #,##0.00}. */
  String pattern() {
    return scale == 0 ? "#,##0" : "#,##0." + "0".repeat(scale);
  }

  BigDecimal decimal(long minorUnits) {
    return BigDecimal.valueOf(minorUnits, scale);
  }

  /** {@code 12000.50}. */
  String plain(long minorUnits) {
    return decimal(minorUnits).toPlainString();
  }

  /** {@code 12,000.50}. */
  String grouped(long minorUnits) {
    return grouped.format(decimal(minorUnits));
  }
}
