package io.madang.payment.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.payment.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayInReferenceTest {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final String REFERENCE = PayInReference.of(0x12_3456_789AL);

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void is_found_as_it_was_made_and_not_with_one_wrong_character(long seed) {
    var random = Seeds.random(seed);
    var reference = PayInReference.of(random.nextLong());
    assertThat(reference).matches("[0-9A-HJKMNP-TV-Z]{8}");
    assertThat(PayInReference.in(PayInReference.shown(reference))).containsExactly(reference);

    int place = random.nextInt(reference.length());
    char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    var wrong = reference.substring(0, place) + other + reference.substring(place + 1);
    assertThat(PayInReference.in(wrong).contains(wrong))
        .isEqualTo(other == reference.charAt(place));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "%s.", "충전%s부탁", "홍길동 %s", "(%s)", "NOTPROVIDED|%s|KR"})
  void is_found_whatever_stands_around_it(String around) {
    var typed = PayInReference.shown(REFERENCE).toLowerCase(java.util.Locale.ROOT);
    assertThat(PayInReference.in(around.formatted(typed))).contains(REFERENCE);
  }

  @Test
  void is_found_however_it_was_typed() {
    var wide = new StringBuilder();
    REFERENCE.chars().forEach(c -> wide.append((char) (c + 0xFEE0)));
    assertThat(PayInReference.in(wide.toString())).containsExactly(REFERENCE);
    assertThat(PayInReference.in(REFERENCE.replace('0', 'o').replace('1', 'l')))
        .contains(REFERENCE);
    assertThat(PayInReference.in(String.join(" ", REFERENCE.split("")))).contains(REFERENCE);
  }

  @Test
  void is_not_found_in_what_is_none() {
    for (var text : new String[] {"", "   ", "홍길동", "=1+1", "\u0000\uD800", "-".repeat(100_000)}) {
      assertThat(PayInReference.in(text)).isEmpty();
    }
  }
}
