package io.madang.chain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  private static final String UNITS =
      "aZ09 \"\\/\b\t\n\f\r\u0000\u001f\u007f\u00e9\ub9c8\ub2f9\u2028\uffff\ud83d\ude00";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "9007199254740991",
        "-9007199254740991",
        "true",
        "false",
        "\"\"",
        "\"마당 😀 \u007f\"",
        "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\\u000b\"",
        "[]",
        "{}",
        "{\"\":0,\"a\":[true,{\"b\":-7}],\"aa\":\"x\",\"b\":{}}",
        "[[[[[[[[]]]]]]]]",
        // By UTF-16 code units (RFC 8785 section 3.2.3) the emoji, D83D DE00, comes before U+FB33.
        "{\"😀\":1,\"\ufb33\":2}"
      })
  void reads_a_canonical_text_and_writes_the_same_bytes(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(CanonicalJson.read(bytes))
        .isInstanceOfSatisfying(
            CanonicalJson.Result.Read.class,
            read -> assertThat(CanonicalJson.bytes(read.value())).isEqualTo(bytes));
  }

  @ParameterizedTest(name = "{0} is refused at byte {1}, path \"{2}\"")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                  | 0 | ``    | the text ends too early
          ` 1`                | 0 | ``    | a value must stand here
          `1 `                | 1 | ``    | something follows the value
          `null`              | 0 | ``    | a value must stand here
          `01`                | 0 | ``    | a number is a plain integer without leading zeros
          `-0`                | 0 | ``    | a number is a plain integer without leading zeros
          `-`                 | 0 | ``    | a number is a plain integer without leading zeros
          `+1`                | 0 | ``    | a value must stand here
          `1.0`               | 0 | ``    | a number is a plain integer without leading zeros
          `1e2`               | 0 | ``    | a number is a plain integer without leading zeros
          `1E2`               | 0 | ``    | a number is a plain integer without leading zeros
          `9007199254740992`  | 0 | ``    | the number is beyond 2^53-1
          `-9007199254740992` | 0 | ``    | the number is beyond 2^53-1
          `99999999999999999999999999` | 0 | `` | the number is beyond 2^53-1
          `tru`               | 3 | ``    | the text ends too early
          `True`              | 0 | ``    | a value must stand here
          `"a`                | 2 | ``    | the text ends too early
          `"\\/"`              | 3 | ``    | this escape is not canonical
          `"\\u0041"`          | 3 | ``    | this escape is not canonical
          `"\\u000a"`          | 3 | ``    | this escape is not canonical
          `"\\u000B"`          | 3 | ``    | this escape is not canonical
          `"\\u00"`            | 3 | ``    | the text ends too early
          `{"a":1,"a":2}`     | 10 | `a`  | the name occurs twice
          `{"b":1,"a":2}`     | 10 | `a`  | names are not in ascending order
          `{"a":1,}`          | 7 | ``    | a member name must stand here
          `{"a" :1}`          | 4 | `a`   | ':' must stand here
          `{"a": 1}`          | 5 | `a`   | a value must stand here
          `{"a":{"b":[0,1.5]}}` | 13 | `a.b.1` | a number is a plain integer without leading zeros
          `[1,]`              | 3 | `1`   | a value must stand here
          `[1 ,2]`            | 2 | ``    | ',' must stand here
          `[[[[[[[[[]]]]]]]]]` | 8 | `0.0.0.0.0.0.0.0` | deeper than 8 levels
          """)
  void refuses_every_other_form_and_names_the_place(
      String text, int offset, String path, String reason) {
    assertThat(CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new CanonicalJson.Result.Refused(offset, path, reason));
  }

  @Test
  void refuses_raw_control_characters_in_strings() {
    for (char control = 0; control < 0x20; control++) {
      var text = "\"ab" + control + "\"";
      assertThat(CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(
              new CanonicalJson.Result.Refused(3, "", "a control character stands in a string"));
    }
  }

  @Test
  void refuses_bytes_that_are_not_utf_8_at_their_place() {
    var wrong =
        List.of(
            new int[] {0x80}, // a continuation without a start
            new int[] {0xC0, 0xAF}, // overlong '/'
            new int[] {0xED, 0xA0, 0x80}, // a surrogate
            new int[] {0xF4, 0x90, 0x80, 0x80}, // beyond U+10FFFF
            new int[] {0xE2, 0x82}, // cut off
            new int[] {0xFF});
    for (var sequence : wrong) {
      var text = new byte[sequence.length + 4];
      text[0] = '"';
      text[1] = 'a';
      text[2] = 'b';
      for (int i = 0; i < sequence.length; i++) {
        text[3 + i] = (byte) sequence[i];
      }
      text[text.length - 1] = '"';
      assertThat(CanonicalJson.read(text))
          .isEqualTo(new CanonicalJson.Result.Refused(3, "", "not UTF-8"));
    }
  }

  @Test
  void refuses_a_text_beyond_the_limit() {
    var text = new byte[CanonicalJson.MAX_BYTES + 1];
    assertThat(CanonicalJson.read(text)).isInstanceOf(CanonicalJson.Result.Refused.class);
  }

  @Test
  void writes_no_lone_surrogate() {
    for (var text : List.of("\ud83d", "a\ude00", "\ude00\ud83d")) {
      assertThatThrownBy(() -> CanonicalJson.bytes(new JsonText(text)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void reads_back_what_it_wrote(long seed) {
    var random = Seeds.random(seed);
    for (int i = 0; i < 100; i++) {
      var value = value(random, 0);
      var bytes = CanonicalJson.bytes(value);
      assertThat(CanonicalJson.read(bytes)).isEqualTo(new CanonicalJson.Result.Read(value));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void reads_an_altered_text_as_itself_or_not_at_all(long seed) {
    var random = Seeds.random(seed);
    for (int i = 0; i < 200; i++) {
      var bytes = CanonicalJson.bytes(value(random, 0));
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      assertCanonicalOrRefused(bytes);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void never_throws_on_any_bytes(long seed) {
    var random = Seeds.random(seed);
    var alphabet = "{}[]\",:\\u0123aeflrstun-. ".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 200; i++) {
      var bytes = new byte[random.nextInt(40)];
      boolean likely = random.nextBoolean();
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = likely ? alphabet[random.nextInt(alphabet.length)] : (byte) random.nextInt();
      }
      assertCanonicalOrRefused(bytes);
    }
  }

  private static void assertCanonicalOrRefused(byte[] bytes) {
    switch (CanonicalJson.read(bytes)) {
      case CanonicalJson.Result.Read(var value) ->
          assertThat(CanonicalJson.bytes(value)).isEqualTo(bytes);
      case CanonicalJson.Result.Refused refused ->
          assertThat(refused.byteOffset()).isBetween(0, bytes.length);
    }
  }

  private static JsonValue value(RandomGenerator random, int depth) {
    int kinds = depth < CanonicalJson.MAX_DEPTH ? 5 : 3;
    return switch (random.nextInt(kinds)) {
      case 0 -> new JsonNumber(random.nextLong(-JsonNumber.MAX, JsonNumber.MAX + 1));
      case 1 -> new JsonFlag(random.nextBoolean());
      case 2 -> new JsonText(text(random));
      case 3 -> {
        var values = new ArrayList<JsonValue>();
        for (int i = random.nextInt(4); i > 0; i--) {
          values.add(value(random, depth + 1));
        }
        yield new JsonArray(values);
      }
      default -> {
        var object = JsonObject.builder();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.put(text(random) + i, value(random, depth + 1));
        }
        yield object.build();
      }
    };
  }

  private static String text(RandomGenerator random) {
    var out = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int at = random.nextInt(UNITS.length());
      out.appendCodePoint(
          UNITS.codePointAt(Character.isLowSurrogate(UNITS.charAt(at)) ? at - 1 : at));
    }
    return out.toString();
  }
}
