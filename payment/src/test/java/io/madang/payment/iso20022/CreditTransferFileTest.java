package io.madang.payment.iso20022;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.ledger.PayoutId;
import io.madang.payment.Seeds;
import io.madang.payment.iso20022.CreditTransferFile.Header;
import io.madang.payment.iso20022.CreditTransferFile.Totals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CreditTransferFileTest {
  private static final String SCHEMA = "pain.001.001.09.xsd";
  private static final BankAccount OURS = new BankAccount("088", "11012345678901", "Madang");
  private static final Header HEADER =
      new Header(
          "MDG-20260105-1",
          Instant.parse("2026-01-05T15:00:00Z"),
          LocalDate.of(2026, 1, 6),
          "마당 컨소시엄",
          OURS);

  private static CreditTransfer line(long number, long won, String holder) {
    return new CreditTransfer(
        new PayoutId(7, number),
        won,
        new BankAccount("004", "40123456789012", holder),
        "Settlement 2026-01-05 " + holder);
  }

  private static String write(List<CreditTransfer> lines) {
    var out = new StringBuilder();
    try {
      new CreditTransferFile(HEADER).write(lines::forEach, out);
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
    return out.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void is_valid_against_the_schema_and_states_count_and_sum() {
    var text = write(List.of(line(1, 99_000, "신촌커피"), line(2, 49_500, "서강문구")));
    Schemas.requireValid(SCHEMA, bytes(text));
    assertThat(text.split("<NbOfTxs>2</NbOfTxs>", -1)).hasSize(3);
    assertThat(text.split("<CtrlSum>148500</CtrlSum>", -1)).hasSize(3);
    assertThat(text)
        .contains("<EndToEndId>" + new PayoutId(7, 1) + "</EndToEndId>")
        .contains("<InstdAmt Ccy=\"KRW\">99000</InstdAmt>")
        .contains("<Nm>신촌커피</Nm>")
        .contains("<ReqdExctnDt>\n<Dt>2026-01-06</Dt>");
  }

  @Test
  void the_oracle_sees_a_fault() {
    var text = write(List.of(line(1, 5, "a")));
    var wrong = text.replaceFirst("<EndToEndId>[^<]*</EndToEndId>", "");
    assertThat(Schemas.faults(SCHEMA, bytes(wrong))).isNotEmpty();
  }

  @Test
  void the_same_values_give_the_same_bytes() {
    var lines = List.of(line(1, 99_000, "신촌커피"), line(2, 1, "a"));
    assertThat(write(lines)).isEqualTo(write(new ArrayList<>(lines)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "=1+1|1 1",
        "@SUM(A1)|SUM(A1)",
        "-5|5",
        "신촌커피 <b>|신촌커피 b",
        "\"큰\" & 'klein'|큰 klein",
        "a;b,c|a b,c",
        "  두  칸  |두 칸",
        "😀|-"
      })
  void s5_names_come_out_harmless(String name, String written) {
    assertThat(BankText.of(name, 140)).isEqualTo(written);
  }

  @Test
  void names_are_composed_and_cut_between_characters() {
    assertThat(BankText.of("\u1112\u1161\u11ab", 140)).isEqualTo("한");
    assertThat(BankText.of("𠀀𠀁𠀂", 5)).isEqualTo("𠀀𠀁");
    assertThat(BankText.of("가\0나\u202e다\r\n라", 140)).isEqualTo("가 나 다 라");
    assertThat(BankText.of("ab cd", 3)).isEqualTo("ab");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void whatever_a_merchant_is_called_the_file_is_valid_and_adds_up(long seed) {
    var random = Seeds.random(seed);
    var lines = new ArrayList<CreditTransfer>();
    long sum = 0;
    for (int i = 0; i <= random.nextInt(30); i++) {
      var name = new StringBuilder("x".repeat(random.nextInt(2)));
      for (int j = random.nextInt(200); j >= 0; j--) {
        int character = random.nextInt(random.nextBoolean() ? 0x80 : 0x30000);
        if (character < 0xD800 || character > 0xDFFF) {
          name.appendCodePoint(character);
        }
      }
      long won = 1 + random.nextLong(1_000_000_000);
      sum += won;
      lines.add(line(i, won, "가" + name));
    }
    var text = write(lines);
    Schemas.requireValid(SCHEMA, bytes(text));
    assertThat(text).contains("<CtrlSum>" + sum + "</CtrlSum>");
  }

  @Test
  void an_empty_file_is_not_written() {
    assertThatThrownBy(() -> write(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lines_that_change_between_the_passes_are_a_bug() {
    var count = new int[1];
    assertThatThrownBy(
            () ->
                new CreditTransferFile(HEADER)
                    .write(each -> each.accept(line(1, ++count[0], "a")), new StringBuilder()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_failure_of_the_output_is_told() {
    var full =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) throws IOException {
            throw new IOException("disk full");
          }

          @Override
          public Appendable append(CharSequence text, int from, int to) throws IOException {
            throw new IOException("disk full");
          }

          @Override
          public Appendable append(char c) throws IOException {
            throw new IOException("disk full");
          }
        };
    assertThatThrownBy(
            () -> new CreditTransferFile(HEADER).write(each -> each.accept(line(1, 5, "a")), full))
        .isInstanceOf(IOException.class);
  }

  @Test
  void counts_and_sums() {
    List<CreditTransfer> lines = List.of(line(1, 5, "a"), line(2, 6, "b"));
    assertThat(CreditTransferFile.totals(lines::forEach)).isEqualTo(new Totals(2, 11));
  }

  @Test
  void an_account_number_does_not_reach_a_log() {
    assertThat(OURS.toString()).doesNotContain("11012345678901");
  }
}
