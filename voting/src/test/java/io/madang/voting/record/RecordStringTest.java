package io.madang.voting.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One text has one written form: what is hashed must not have two. */
class RecordStringTest {
  private static Reading<String> read(String written) {
    return Reading.of(
        () ->
            RecordReader.read(
                written.getBytes(StandardCharsets.UTF_8), 1_000, reader -> reader.string(100)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "점심은? 🍜", "a/b \"c\" \\ \n\t\r\b\f", "\u0001\u001f\u007f\u2028"})
  void what_is_written_is_read_as_it_was(String text) {
    assertThat(read(Json.string(text))).isEqualTo(new Reading.Accepted<>(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\/\"", "\"\\u3001\"", "\"\\u000a\"", "\"\\u001F\"", "\"\\ud800\"", "\"\u007f\"", "\"\n\""
      })
  void another_form_of_a_text_is_refused(String written) {
    assertThat(read(written))
        .isInstanceOfSatisfying(
            Reading.Refused.class,
            refused ->
                assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.NOT_CANONICAL));
  }
}
