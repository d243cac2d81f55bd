package io.madang.vending.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PriceScaleTest {
  @Test
  void takes_the_finest_scale_that_carries_every_price() {
    assertThat(PriceScale.forPrices(List.of(1L, 65_534L)).scale()).isEqualTo(1);
    assertThat(PriceScale.forPrices(List.of(1_500L, 65_540L)).scale()).isEqualTo(10);
    assertThat(PriceScale.forPrices(List.of(655_400L)).scale()).isEqualTo(100);
  }

  @Test
  void refuses_prices_that_no_scale_carries() {
    assertThatThrownBy(() -> PriceScale.forPrices(List.of(1L, 65_540L)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PriceScale.forPrices(List.of(65_535L)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PriceScale.forPrices(List.of(0L)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PriceScale.forPrices(List.of(Long.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void goes_to_the_bus_and_back_unchanged() {
    var scale = new PriceScale(10);
    for (var won = 10L; won <= 655_340; won += 10) {
      assertThat(scale.won(scale.units(won))).isEqualTo(won);
    }
    assertThat(scale.represents(655_350)).isFalse();
    assertThat(scale.represents(15)).isFalse();
  }
}
