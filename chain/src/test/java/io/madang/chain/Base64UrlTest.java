package io.madang.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void agrees_with_the_jdk_on_every_right_text(long seed) {
    var random = Seeds.random(seed);
    var bytes = new byte[random.nextInt(100)];
    random.nextBytes(bytes);
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    assertThat(Base64Url.encode(bytes)).isEqualTo(text);
    assertThat(Base64Url.decode(text)).hasValueSatisfying(b -> assertThat(b).isEqualTo(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A", "AAAAA", "AA==", "AB", "AAB", "A+A", "A/AA", "AA A", "AAA\n", "AAAé", "AA마A", "="
      })
  void refuses_any_other_text(String text) {
    assertThat(Base64Url.decode(text)).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void gives_every_text_that_it_reads_back(long seed) {
    var random = Seeds.random(seed);
    var alphabet = "AQgwZz09-_AQgwZz09-_=+/ .é";
    for (int i = 0; i < 300; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(8); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Base64Url.decode(text.toString())
          .ifPresent(bytes -> assertThat(Base64Url.encode(bytes)).isEqualTo(text.toString()));
    }
  }
}
