package io.madang.pos.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("terminal.journal");
  }

  @Test
  void what_was_written_is_there_after_a_restart() throws IOException {
    try (var journal = new JournalFile(file())) {
      journal.append("one");
      journal.append("둘");
    }
    try (var journal = new JournalFile(file())) {
      assertThat(journal.entries()).containsExactly("one", "둘");
      journal.append("three");
    }
    try (var journal = new JournalFile(file())) {
      assertThat(journal.entries()).containsExactly("one", "둘", "three");
    }
  }

  @Test
  void a_line_torn_at_any_byte_is_dropped_and_the_next_one_takes_its_place() throws IOException {
    try (var journal = new JournalFile(file())) {
      journal.append("first");
      journal.append("second");
    }
    byte[] whole = Files.readAllBytes(file());
    int second = new String(whole, java.nio.charset.StandardCharsets.UTF_8).indexOf('\n') + 1;
    for (int length = second; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      try (var journal = new JournalFile(file())) {
        assertThat(journal.entries()).containsExactly("first");
        journal.append("third");
      }
      try (var journal = new JournalFile(file())) {
        assertThat(journal.entries()).containsExactly("first", "third");
      }
    }
  }

  @Test
  void a_damaged_line_before_others_is_refused() throws IOException {
    try (var journal = new JournalFile(file())) {
      journal.append("first");
      journal.append("second");
    }
    byte[] bytes = Files.readAllBytes(file());
    bytes[10] ^= 1;
    Files.write(file(), bytes);
    assertThatThrownBy(() -> new JournalFile(file())).isInstanceOf(IOException.class);
  }

  @Test
  void a_shorter_form_replaces_everything() throws IOException {
    try (var journal = new JournalFile(file())) {
      for (int i = 0; i < 10; i++) journal.append("line " + i);
      journal.compact(List.of("sum"));
      journal.append("next");
      assertThat(journal.entries()).containsExactly("sum", "next");
    }
    try (var journal = new JournalFile(file())) {
      assertThat(journal.entries()).containsExactly("sum", "next");
    }
  }
}
