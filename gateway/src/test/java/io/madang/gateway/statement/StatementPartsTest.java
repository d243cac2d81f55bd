package io.madang.gateway.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Periods, amounts and the chart's scale. */
class StatementPartsTest {
  @Test
  void a_month_has_all_its_days() {
    var month = Period.parse("2028-02").orElseThrow();
    assertThat(month.isMonth()).isTrue();
    assertThat(month.days()).hasSize(29).last().isEqualTo(LocalDate.of(2028, 2, 29));
    assertThat(month).hasToString("2028-02");
    assertThat(Period.parse("2028-02-29").orElseThrow()).hasToString("2028-02-29");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-13", "2026-02-29", "2026-00", "2026-11-31"})
  void there_is_no_such_period(String text) {
    assertThat(Period.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 9007199254740991, '9,007,199,254,740,991', 9007199254740991",
    "0, -345, -345, -345",
    "2, -5, -0.05, -0.05",
    "2, 1234567, '12,345.67', 12345.67",
    "8, 1, 0.00000001, 0.00000001"
  })
  void amounts_are_exact(int scale, long minorUnits, String grouped, String plain) {
    var amounts = new Amounts(scale);
    assertThat(amounts.grouped(minorUnits)).isEqualTo(grouped);
    assertThat(amounts.plain(minorUnits)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 1", "5, 2", "9, 5", "4500, 2000", "9007199254740991, 5000000000000000"})
  void four_steps_of_the_chart_reach_the_greatest_amount(long greatest, long step) {
    assertThat(PdfChart.niceStep(greatest)).isEqualTo(step);
  }
}
