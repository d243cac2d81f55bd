package io.madang.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.ChainApplication.StateRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangedRowsTest {
  private static final List<StateRow> ROWS =
      List.of(
          new StateRow(1, 0, Optional.of(new byte[0])),
          new StateRow(9, Long.MAX_VALUE, Optional.of(new byte[] {1, 2, 3})),
          new StateRow(9, 7, Optional.empty()));

  @Test
  void come_back_as_they_were() {
    var read = ChangedRows.decode(5, ChangedRows.encode(ROWS));

    assertThat(read).usingRecursiveComparison().isEqualTo(ROWS);
    assertThat(ChangedRows.decode(5, ChangedRows.encode(List.of()))).isEmpty();
  }

  @Test
  void are_refused_when_they_end_inside_a_row() {
    var whole = ChangedRows.encode(ROWS);
    var ends = List.of(16, 16 + 19, 16 + 19 + 16);
    for (int length = 1; length < whole.length; length++) {
      if (ends.contains(length)) continue;
      var cut = Arrays.copyOf(whole, length);

      assertThatThrownBy(() -> ChangedRows.decode(5, cut))
          .isInstanceOf(CorruptChainException.class)
          .hasMessageContaining("Height 5");
    }
  }

  @Test
  void are_refused_with_a_length_that_cannot_be() {
    var bytes = ChangedRows.encode(ROWS);
    bytes[12] = (byte) 0x80;

    assertThatThrownBy(() -> ChangedRows.decode(5, bytes))
        .isInstanceOf(CorruptChainException.class);
  }
}
