package io.madang.gateway.statement;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** A business day, or all days of a calendar month. */
record Period(LocalDate first, LocalDate last) {
  private static final int MONTH_LENGTH = "2026-11".length();

  /** {@code 2026-11-20} or {@code 2026-11}; empty when there is no such day or month. */
  static Optional<Period> parse(String text) {
    try {
      if (text.length() == MONTH_LENGTH) {
        var month = YearMonth.parse(text);
        return Optional.of(new Period(month.atDay(1), month.atEndOfMonth()));
      }
      var day = LocalDate.parse(text);
      return Optional.of(new Period(day, day));
    } catch (DateTimeException noPeriod) {
      return Optional.empty();
    }
  }

  boolean isMonth() {
    return !first.equals(last);
  }

  List<LocalDate> days() {
    return first.datesUntil(last.plusDays(1)).toList();
  }

  @Override
  public String toString() {
    return isMonth() ? YearMonth.from(first).toString() : first.toString();
  }
}
