package io.madang.vending.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.vending.sale.Counters;
import io.madang.vending.sale.JournalRecord;
import io.madang.vending.sale.JournalRecord.Kind;
import io.madang.vending.sale.SaleState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final List<JournalRecord> SALE =
      List.of(
          new JournalRecord(1, Kind.REQUESTED, 17, 1_500, null),
          new JournalRecord(1, Kind.HOLDING, 17, 1_500, new Counters(40, 7)),
          new JournalRecord(1, Kind.APPROVING, 17, 1_500, new Counters(40, 7)));

  @TempDir Path folder;

  @Test
  void says_after_a_restart_what_was_appended() {
    write(SALE);
    assertThat(open().records()).isEqualTo(SALE);
  }

  @Test
  void drops_only_what_was_being_written_when_the_power_went() throws IOException {
    write(SALE);
    var whole = Files.readAllBytes(file());
    for (var length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      var complete = 0;
      for (var i = 0; i < length; i++) {
        complete += whole[i] == '\n' ? 1 : 0;
      }
      var journal = open();
      assertThat(lastOf(journal.records())).isEqualTo(lastOf(SALE.subList(0, complete)));
      journal.append(new JournalRecord(1, Kind.DOUBTED, 17, 1_500, null));
      assertThat(lastOf(open().records()))
          .containsExactly(new JournalRecord(1, Kind.DOUBTED, 17, 1_500, null));
    }
  }

  @Test
  void refuses_any_changed_bit_before_the_last_line() throws IOException {
    write(SALE);
    var whole = Files.readAllBytes(file());
    var lastLine = new String(whole, StandardCharsets.US_ASCII).lastIndexOf('\n', whole.length - 2);
    for (var bit = 0; bit < lastLine * 8; bit++) {
      var changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file(), changed);
      assertThatThrownBy(this::open).isInstanceOf(JournalDamagedException.class);
    }
  }

  @Test
  void refuses_a_journal_that_lacks_a_line_or_has_one_twice() throws IOException {
    write(SALE);
    var lines = Files.readAllLines(file());
    Files.writeString(file(), lines.get(0) + "\n" + lines.get(2) + "\n" + lines.get(2) + "\n");
    assertThatThrownBy(this::open).isInstanceOf(JournalDamagedException.class);
    Files.writeString(file(), lines.get(0) + "\n" + lines.get(0) + "\n" + lines.get(1) + "\n");
    assertThatThrownBy(this::open).isInstanceOf(JournalDamagedException.class);
  }

  @Test
  void stays_small_and_never_gives_a_number_twice() throws IOException {
    var journal = open();
    for (var number = 1; number <= 900; number++) {
      journal.append(new JournalRecord(number, Kind.REQUESTED, 17, 1_500, null));
      journal.append(new JournalRecord(number, Kind.DENIED, 17, 1_500, null));
    }
    journal.append(new JournalRecord(901, Kind.UNCERTAIN, 17, 1_500, null));
    journal.append(new JournalRecord(902, Kind.DENIED, 17, 1_500, null));
    var state = SaleState.of(open().records());
    assertThat(state.lastNumber()).isEqualTo(902);
    assertThat(state.uncertain()).containsOnlyKeys(901L);
    assertThat(state.currentSale()).isEmpty();
    assertThat(Files.size(file())).isLessThan(17 * 1_024);
  }

  private static List<JournalRecord> lastOf(List<JournalRecord> records) {
    return records.isEmpty() ? records : records.subList(records.size() - 1, records.size());
  }

  private void write(List<JournalRecord> records) {
    var journal = open();
    records.forEach(journal::append);
  }

  private Journal open() {
    return Journal.open(new FileStorage(file()));
  }

  private Path file() {
    return folder.resolve("sales.journal");
  }
}
