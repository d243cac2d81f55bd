package io.madang.pos.printer;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import io.madang.pos.printer.PrintableText.Cell;
import io.madang.pos.simulator.PaperPrinter;
import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrintableTextTest {
  private static final Charset EUC_KR = Charset.forName("EUC-KR");

  private static Cell only(String text) {
    var cells = PrintableText.cells(text);
    assertThat(cells).hasSize(1);
    return cells.getFirst();
  }

  @Test
  void every_hangul_syllable_prints_as_text_or_as_dots_of_its_own() {
    int asText = 0;
    var drawn = new HashSet<String>();
    for (char syllable = '가'; syllable <= '힣'; syllable++) {
      var cell = only(String.valueOf(syllable));
      assertThat(cell.codePoint()).isEqualTo(syllable);
      assertThat(cell.columns()).isEqualTo(2);
      if (cell.isDrawn()) {
        var glyph = ReceiptFont.get().glyph(syllable).orElseThrow();
        assertThat(drawn.add(Arrays.toString(glyph.rows()))).as("%c", syllable).isTrue();
      } else {
        assertThat(new String(cell.code(), EUC_KR)).isEqualTo(String.valueOf(syllable));
        asText++;
      }
    }
    assertThat(asText).isEqualTo(2_350);
    assertThat(drawn).hasSize(11_172 - 2_350);
  }

  @Test
  void on_paper_no_syllable_and_no_won_sign_becomes_a_question_mark() {
    var printer = new PaperPrinter(Paper.WIDE);
    var all = new StringBuilder();
    for (char syllable = '가'; syllable <= '힣'; syllable++) all.append(syllable);
    all.append("₩￦");
    byte[] bytes = print(all.toString());
    printer.print(bytes);
    assertThat(String.join("", printer.lines())).doesNotContain("?").doesNotContain("□");
    assertThat(printer.lines()).contains("(drawn)");
  }

  private static byte[] print(String text) {
    var out = new EscPosWriter().reset();
    for (var line : PrintableText.wrap(PrintableText.cells(text), 48)) out.line(line);
    return out.toByteArray();
  }

  @Test
  void the_won_sign_is_one_byte_and_a_backslash_is_not_a_won_sign() {
    assertThat(only("₩").code()).containsExactly(0x5C);
    assertThat(only("\\").code()).containsExactly(0xA1, 0xAC);
    var printer = new PaperPrinter(Paper.WIDE);
    printer.print(print("₩1,500 \\"));
    assertThat(printer.lines()).containsExactly("₩1,500 ＼");
  }

  @Test
  void syllables_in_letters_are_composed_and_what_nobody_can_print_is_a_box() {
    assertThat(PrintableText.cells(Normalizer.normalize("한글", Normalizer.Form.NFD)))
        .extracting(Cell::codePoint)
        .containsExactly((int) '한', (int) '글');
    assertThat(PrintableText.cells("😀\u200d❤\ufe0f")).allMatch(cell -> cell.codePoint() == '□');
    assertThat(only("é").isDrawn()).isTrue();
  }

  @Test
  void a_memo_cannot_command_the_printer() {
    var hostile = "memo\u001Bp0dÈ\u0010\u0014\u0001\u0000\u0001\u001DV1\n\u009B\u2028끝";
    var printer = new PaperPrinter(Paper.WIDE);
    assertThat(printer.print(print(hostile))).isEmpty();
    assertThat(printer.drawerOpenings()).isZero();
    assertThat(printer.cuts()).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void no_text_has_a_control_byte_and_no_line_is_too_wide_or_splits_a_pair(long seed) {
    var random = Seeds.random(seed);
    var text = new StringBuilder();
    for (int i = random.nextInt(300); i > 0; i--) {
      text.appendCodePoint(
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> '가' + random.nextInt(11_172);
            case 2 -> random.nextInt(0x3000);
            default -> random.nextInt(Character.MAX_CODE_POINT + 1);
          });
    }
    int columns = 2 + random.nextInt(47);
    List<Cell> cells = PrintableText.cells(text.toString());
    for (var line : PrintableText.wrap(cells, columns)) {
      assertThat(PrintableText.columns(line)).isLessThanOrEqualTo(columns);
      for (var cell : line) {
        for (byte one : cell.code())
          assertThat(one & 0xFF).isBetween(0x20, 0xFE).isNotEqualTo(0x7F);
        assertThat(cell.isDrawn() || cell.code().length == cell.columns()).isTrue();
      }
    }
  }
}
