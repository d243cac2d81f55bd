package io.madang.payment.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BankingDaysTest {
  static BankingDays korea() {
    try (var in = BankingDays.class.getResourceAsStream("bank-holidays-kr.txt")) {
      return BankingDays.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  @Test
  void a_day_in_seoul_ends_at_15_00_in_utc() {
    var day = LocalDate.of(2026, 1, 5);
    var begin = Instant.parse("2026-01-04T15:00:00Z").toEpochMilli();
    assertThat(BusinessDays.SEOUL.beginMillis(day)).isEqualTo(begin);
    assertThat(BusinessDays.SEOUL.of(begin)).isEqualTo(day);
    assertThat(BusinessDays.SEOUL.of(begin - 1)).isEqualTo(day.minusDays(1));
    assertThat(BusinessDays.SEOUL.of(BusinessDays.SEOUL.endMillis(day))).isEqualTo(day.plusDays(1));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05, 2026-01-06", // Monday
    "2026-01-09, 2026-01-12", // Friday
    "2026-02-13, 2026-02-19", // before Seollal
    "2026-02-28, 2026-03-03", // Samiljeol on a Sunday
    "2026-08-14, 2026-08-18", // Liberation Day on a Saturday
    "2026-09-23, 2026-09-28", // before Chuseok
    "2025-10-02, 2025-10-10", // the long one
    "2026-12-31, 2027-01-04"
  })
  void the_next_banking_day_is(LocalDate day, LocalDate next) {
    assertThat(korea().after(day, 1)).isEqualTo(next);
  }

  /** Act on Public Holidays: who falls on a weekend is made up for on the next working day. */
  @Test
  void substitute_holidays_follow_the_rule() {
    var korea = korea();
    korea
        .holidays()
        .forEach(
            (day, name) -> {
              boolean lunar = name.contains("설날") || name.contains("추석");
              boolean never =
                  name.contains("신정")
                      || name.contains("현충일")
                      || name.contains("노동절")
                      || name.contains("근로자")
                      || name.contains("선거")
                      || name.contains("임시");
              var weekday = day.getDayOfWeek();
              boolean madeUpFor =
                  !never
                      && !name.contains("대체")
                      && (weekday == DayOfWeek.SUNDAY
                          || (weekday == DayOfWeek.SATURDAY && !lunar)
                          || name.contains(","));
              if (madeUpFor) {
                var substitute = korea.holidays().tailMap(day, false).entrySet().iterator().next();
                while (!substitute.getValue().contains("대체")) {
                  substitute = korea.holidays().tailMap(substitute.getKey(), false).firstEntry();
                }
                assertThat(substitute.getKey()).isBefore(day.plusDays(4));
                assertThat(korea.isOpen(substitute.getKey())).isFalse();
                assertThat(substitute.getKey().getDayOfWeek())
                    .isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
              }
            });
  }

  @Test
  void a_year_that_the_calendar_does_not_know_is_not_guessed() {
    assertThatThrownBy(() -> korea().after(LocalDate.of(2027, 12, 31), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2028");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "year",
        "year 20x6",
        "2026-01-01 새해",
        "year 2026\n2026-02-30 x",
        "year 2026\n2026-01-01 a\n2026-01-01 b",
        "year 2026\n2026-01-01"
      })
  void refuses_a_calendar_that_is_not_right(String text) {
    assertThatThrownBy(() -> BankingDays.read(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
