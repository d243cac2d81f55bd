package io.madang.pos.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class EscPosDisplayTest {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private String shown() {
    return line.toString(Charset.forName("EUC-KR"));
  }

  @Test
  void two_lines_of_twenty_columns() {
    new EscPosDisplay(line::writeBytes, false).show("어서 오세요 신촌 커피입니다", "똠 \u001B@");
    assertThat(shown())
        .isEqualTo("\u001B@\f\u001BR\r\u001F$\u0001\u0001어서 오세요 신촌 커\u001F$\u0001\u0002□ @");
  }

  @Test
  void an_amount_stands_right_and_graphic_displays_show_the_code() {
    new EscPosDisplay(line::writeBytes, false).showPayment(12_500, "https://madang.example/p/1");
    assertThat(shown()).contains("결제하실 금액").endsWith("             \\12,500");
    line.reset();
    new EscPosDisplay(line::writeBytes, true).showPayment(12_500, "https://madang.example/p/1");
    assertThat(shown()).contains("https://madang.example/p/1");
  }
}
