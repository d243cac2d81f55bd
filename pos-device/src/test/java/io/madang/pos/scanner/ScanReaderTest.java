package io.madang.pos.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanReaderTest {
  private final ScanReader reader = new ScanReader("");

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Scan read(String text) {
    return new Scan.Read(text, AimIdentifier.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n", "\t"})
  void a_scan_ends_with_what_the_scanner_was_told_to_send(String ending) {
    assertThat(reader.received(utf8("하나" + ending + "둘" + ending), 0))
        .containsExactly(read("하나"), read("둘"));
    assertThat(reader.wakeAtMillis()).isEmpty();
  }

  @Test
  void silence_ends_a_scan_without_an_ending() {
    assertThat(reader.received(utf8("8801234567893"), 1_000)).isEmpty();
    assertThat(reader.passed(1_099)).isEmpty();
    assertThat(reader.wakeAtMillis()).hasValue(1_100);
    assertThat(reader.passed(1_100)).contains(read("8801234567893"));
  }

  @Test
  void the_prefix_and_the_identifier_of_the_symbology_are_taken_off() {
    assertThat(new ScanReader("#").received(utf8("#]Q1hello\r]E08801234567893\r]Z9x\r"), 0))
        .containsExactly(
            new Scan.Read("hello", AimIdentifier.QR),
            new Scan.Read("8801234567893", AimIdentifier.EAN_13),
            read("]Z9x"));
  }

  @Test
  void text_is_utf_8_or_else_euc_kr_or_else_refused() {
    assertThat(reader.received("한글\r".getBytes(Charset.forName("EUC-KR")), 0))
        .containsExactly(read("한글"));
    assertThat(reader.received(new byte[] {(byte) 0xFF, (byte) 0xFF, '\r'}, 10))
        .containsExactly(new Scan.Refused(Scan.Reason.NOT_TEXT));
  }

  @Test
  void control_characters_are_refused() {
    assertThat(reader.received(utf8("a\u001Bp0\r"), 0))
        .containsExactly(new Scan.Refused(Scan.Reason.CONTROL_CHARACTER));
  }

  @Test
  void a_code_that_stays_under_the_scanner_is_one_code() {
    assertThat(reader.received(utf8("x\r"), 0)).containsExactly(read("x"));
    assertThat(reader.received(utf8("x\r"), 1_400)).isEmpty();
    assertThat(reader.received(utf8("x\r"), 2_800)).isEmpty();
    assertThat(reader.received(utf8("y\r"), 2_900)).containsExactly(read("y"));
    assertThat(reader.received(utf8("x\r"), 3_000)).containsExactly(read("x"));
    assertThat(reader.received(utf8("x\r"), 4_500)).containsExactly(read("x"));
  }

  @Test
  void what_is_longer_than_any_code_is_refused_and_the_next_one_is_read() {
    var flood = new byte[100_000];
    Arrays.fill(flood, (byte) 'a');
    assertThat(reader.received(flood, 0)).isEmpty();
    assertThat(reader.received(utf8("\rnext\r"), 10))
        .containsExactly(new Scan.Refused(Scan.Reason.TOO_LONG), read("next"));
  }

  @Test
  void an_unplugged_scanner_leaves_nothing_behind() {
    reader.received(utf8("half"), 0);
    reader.lost();
    assertThat(reader.received(utf8("whole\r"), 10)).containsExactly(read("whole"));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void fragmentation_changes_nothing(long seed) {
    var random = Seeds.random(seed);
    var bytes = new byte[random.nextInt(400)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      // Endings often, so that there is more than one scan.
      if (random.nextInt(8) == 0) bytes[i] = (byte) (random.nextBoolean() ? '\r' : '\n');
    }
    var whole = new ArrayList<>(new ScanReader("").received(bytes, 0));
    var pieces = new ArrayList<Scan>();
    var other = new ScanReader("");
    for (int at = 0; at < bytes.length; ) {
      int until = Math.min(bytes.length, at + 1 + random.nextInt(3));
      pieces.addAll(other.received(Arrays.copyOfRange(bytes, at, until), 0));
      at = until;
    }
    assertThat(pieces).isEqualTo(whole);
  }
}
