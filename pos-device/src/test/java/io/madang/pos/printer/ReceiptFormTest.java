package io.madang.pos.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.Seeds;
import io.madang.pos.simulator.PaperPrinter;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReceiptFormTest {
  private static void print(PaperPrinter printer, List<byte[]> pieces) {
    for (var piece : pieces) printer.print(piece);
  }

  @Test
  void a_receipt_carries_what_a_korean_receipt_carries() {
    var printer = new PaperPrinter(Paper.MEDIUM);
    print(printer, ReceiptForm.first(Receipts.of(42, "아이스 커피"), Paper.MEDIUM, true));
    assertThat(printer.lines())
        .contains(
            "신촌 커피",
            "사업자번호 120-81-47521        대표 홍길동",
            "서울 서대문구 신촌로 12, 1층",
            "전화 02-123-4567",
            "2026-11-22 14:05:09              No.000042",
            "아이스 커피                  2       9,000",
            "공급가액                            11,364",
            "부가세                               1,136",
            "합계                               ₩12,500",
            "포인트                                 500",
            "S-Coin                              12,000",
            "승인번호                            000042",
            "거래번호                            1042.7",
            "잔액                                88,000",
            "(QR)")
        .noneMatch(line -> line.contains("사본"));
    assertThat(printer.drawerOpenings()).isEqualTo(1);
    assertThat(printer.cuts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Paper.class)
  void a_copy_says_so_and_leaves_the_drawer_shut(Paper paper) {
    var printer = new PaperPrinter(paper);
    print(printer, ReceiptForm.copy(Receipts.of(42, "아주 긴 이름의 음료 톨 사이즈 얼음 많이"), paper));
    assertThat(printer.lines()).contains("*** 사본 (재발행) ***", "(QR)");
    assertThat(printer.drawerOpenings()).isZero();
    assertThat(printer.lines())
        .allMatch(line -> PrintableText.columns(PrintableText.cells(line)) <= paper.columns());
  }

  @Test
  void a_receipt_that_does_not_add_up_is_none() {
    var right = Receipts.of(1, "라떼");
    assertThatThrownBy(
            () ->
                new Receipt(
                    1,
                    right.shop(),
                    LocalDateTime.MIN,
                    right.items(),
                    right.tax(),
                    List.of(new Receipt.Tender("S-Coin", 12_499)),
                    "",
                    "",
                    List.of(),
                    ""))
        .hasMessageContaining("does not add up");
  }

  @ParameterizedTest
  @EnumSource(Paper.class)
  void between_its_pieces_a_printer_can_be_asked_and_none_is_long(Paper paper) {
    var printer = new PaperPrinter(paper);
    for (var piece : ReceiptForm.first(Receipts.of(42, "똠양 펲시 아이스 라떼"), paper, true)) {
      assertThat(piece.length).isLessThan(800);
      printer.print(piece);
      assertThat(printer.print(EscPosWriter.askStatus(1).toByteArray())).containsExactly(0x12);
    }
  }

  @Test
  void a_proof_with_control_characters_is_not_printed() {
    assertThatThrownBy(() -> new EscPosWriter().qr("x\u001Bp0"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void the_simulated_printer_takes_any_bytes(long seed) {
    var random = Seeds.random(seed);
    var bytes = new byte[random.nextInt(3_000)];
    random.nextBytes(bytes);
    var printer = new PaperPrinter(Paper.NARROW);
    printer.print(bytes);
    // However it was left, a long enough line feed ends the longest command.
    printer.print(new byte[70_000]);
    printer.print("\nstill here\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(printer.tearOff().getWidth()).isGreaterThan(Paper.NARROW.dots());
  }
}
