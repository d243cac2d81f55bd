package io.madang.gateway.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others wrote comes out harmless. */
class PlainTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+82 10",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        " =1+1",
        "＝1＋1",
        "\u0000=1"
      })
  void guards_whatever_a_spreadsheet_takes_for_a_formula(String text) {
    assertThat(PlainText.ofCell(text)).startsWith("'").doesNotContain("\t", "\r", "\u0000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"신촌커피", "1,000; \"x\" 'y' | z", "a=1+1", "A-1", "", "#7"})
  void leaves_other_text_as_it_is(String text) {
    assertThat(PlainText.ofCell(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'a\u0000b', a b",
    "'a\nb', a b",
    "'a\u202Eb', a b",
    "'a\u2028b', a b",
    "'a\uD800b', a b",
    "'a\uE000b', a b",
    "'\u0007', ''"
  })
  void puts_a_space_for_what_cannot_be_read(String text, String plain) {
    assertThat(PlainText.of(text)).isEqualTo(plain);
  }

  @Test
  void composes_syllables_that_came_in_parts() {
    assertThat(PlainText.of("\u1112\u1161\u11AB\u1100\u1173\u11AF")).isEqualTo("한글");
  }

  @Test
  void cuts_what_would_fill_a_screen() {
    var cut = PlainText.of("😀".repeat(10_000));
    assertThat(cut).endsWith("😀…");
    assertThat(cut.codePointCount(0, cut.length())).isEqualTo(PlainText.MAX_CODE_POINTS + 1);
  }
}
