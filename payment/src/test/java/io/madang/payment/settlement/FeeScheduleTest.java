package io.madang.payment.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.payment.Seeds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FeeScheduleTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);

  @ParameterizedTest
  @CsvSource({"3300,50,17", "7770,50,39", "12345,50,62", "100,50,1", "99,50,0", "300,30,1"})
  void rounds_half_up_for_each_payment(long amount, int basisPoints, long fee) {
    assertThat(FeeSchedule.always(basisPoints).fee(amount, DAY)).isEqualTo(fee);
  }

  @Test
  void a_whole_refund_in_parts_gives_back_the_whole_fee() {
    var fees = FeeSchedule.always(50);
    assertThat(fees.returned(12_345, 0, 345, DAY)).isEqualTo(2);
    assertThat(fees.returned(12_345, 345, 12_000, DAY)).isEqualTo(60);
  }

  @Test
  void a_rate_holds_from_its_day_on_and_nothing_before() {
    var fees = new FeeSchedule(Map.of(DAY, 50, DAY.plusDays(2), 0));
    assertThat(fees.fee(10_000, DAY.minusDays(1))).isZero();
    assertThat(fees.fee(10_000, DAY.plusDays(1))).isEqualTo(50);
    assertThat(fees.fee(10_000, DAY.plusDays(2))).isZero();
    assertThat(FeeSchedule.FREE.fee(10_000, DAY)).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.madang.payment.Seeds#many")
  void agrees_with_decimal_arithmetic(long seed) {
    var random = Seeds.random(seed);
    for (int i = 0; i < 100; i++) {
      long amount = random.nextLong(1L << 53);
      int rate = random.nextInt(10_001);
      var exact =
          BigDecimal.valueOf(amount)
              .multiply(BigDecimal.valueOf(rate, 4))
              .setScale(0, RoundingMode.HALF_UP);
      assertThat(FeeSchedule.always(rate).fee(amount, DAY)).isEqualTo(exact.longValueExact());
    }
  }
}
