package io.madang.serial.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {
  @Test
  void finds_the_same_lines_however_they_are_cut() {
    var bytes = "v,1.2\r\nc,1\n\r\nlong one that is over\rx".getBytes(ISO_8859_1);
    for (var seed = 0; seed < 50; seed++) {
      var random = new SplittableRandom(seed);
      var assembler = new LineAssembler(10);
      var lines = new ArrayList<String>();
      for (var from = 0; from < bytes.length; ) {
        var to = Math.min(bytes.length, from + 1 + random.nextInt(5));
        lines.addAll(assembler.add(java.util.Arrays.copyOfRange(bytes, from, to)));
        from = to;
      }
      assertThat(lines).isEqualTo(List.of("v,1.2", "c,1"));
    }
  }

  @Test
  void keeps_a_line_of_just_the_limit_and_drops_a_longer_one_whole() {
    var assembler = new LineAssembler(3);
    assertThat(assembler.add("abc\nabcd\nabcdefgh\nok\n".getBytes(ISO_8859_1)))
        .containsExactly("abc", "ok");
  }
}
