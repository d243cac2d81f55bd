package io.madang.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessNumberTest {
  /** Numbers that well-known companies print on every receipt and page. */
  @ParameterizedTest
  @ValueSource(strings = {"124-81-00998", "220-81-62517", "120-81-47521"})
  void takes_numbers_that_the_tax_office_gave(String text) {
    assertThat(BusinessNumber.parse(text)).hasToString("Optional[" + text + "]");
    assertThat(BusinessNumber.parse(text.replace("-", ""))).isEqualTo(BusinessNumber.parse(text));
  }

  @Test
  void notices_every_slip_in_one_digit_and_most_swaps() {
    var right = "1248100998";
    for (int at = 0; at < right.length(); at++) {
      for (char digit = '0'; digit <= '9'; digit++) {
        if (digit == right.charAt(at)) continue;
        var slip = right.substring(0, at) + digit + right.substring(at + 1);
        assertThat(BusinessNumber.parse(slip)).as(slip).isEmpty();
      }
    }
    assertThat(BusinessNumber.parse("2148100998")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "124",
        "12481009980",
        "124810099８",
        "124-8100998",
        "-1248100998",
        "1248100998\n",
        "abc"
      })
  void takes_nothing_that_is_not_ten_digits(String text) {
    assertThat(BusinessNumber.parse(text)).isEmpty();
    assertThatThrownBy(() -> new BusinessNumber(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
