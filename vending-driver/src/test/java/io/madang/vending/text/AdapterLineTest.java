package io.madang.vending.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterLineTest {
  @Test
  void reads_amounts_with_as_many_decimals_as_the_adapter_writes() {
    assertThat(AdapterLine.parse("c,STATUS,VEND,1500,17"))
        .isEqualTo(new AdapterLine.VendStatus(1_500, 17));
    assertThat(AdapterLine.parse("c,STATUS,VEND,1500.00,17"))
        .isEqualTo(new AdapterLine.VendStatus(1_500, 17));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c,STATUS,VEND,1500.50,17",
        "c,STATUS,VEND,1.5E3,17",
        "c,STATUS,VEND,-1500,17",
        "c,STATUS,VEND,999999999,17",
        "c,STATUS,VEND,1500,65536",
        "c,STATUS,VEND,1500",
        "c,STATUS,VEND,,",
        "C,VEND,SUCCESS",
        "c,VEND,SUCCES",
        "c,VEND,SUCCESS,1"
      })
  void takes_nothing_for_what_it_almost_is(String line) {
    assertThat(AdapterLine.parse(line)).isInstanceOf(AdapterLine.Unknown.class);
  }

  @Test
  void reads_failures_with_and_without_quotes() {
    assertThat(AdapterLine.parse("c,ERR,\"VEND -3\""))
        .isEqualTo(new AdapterLine.Failure("VEND", -3))
        .isEqualTo(AdapterLine.parse("c,ERR,VEND -3"));
    assertThat(AdapterLine.parse("c,ERR,\"cashless is on\""))
        .isEqualTo(new AdapterLine.AlreadyOn());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void any_text_gives_a_line(long seed) {
    var random = Seeds.random(seed);
    for (var i = 0; i < 1_000; i++) {
      var text = new StringBuilder("c,STATUS,VEND,1500,17");
      for (var change = random.nextInt(6); change >= 0; change--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
      }
      var line = AdapterLine.parse(text.toString());
      if (line instanceof AdapterLine.Unknown(var what)) {
        assertThat(what).matches("[ -~]{0,60}");
      }
    }
  }
}
