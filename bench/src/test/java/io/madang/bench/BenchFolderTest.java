package io.madang.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchFolderTest {
  @TempDir private Path parent = Path.of("");

  private Path folder() {
    return parent.resolve("bench");
  }

  @Test
  void a_folder_of_an_earlier_session_is_emptied() throws IOException {
    BenchFolder.take(folder()).close();
    var old = Files.writeString(folder().resolve("old"), "of the last session");

    BenchFolder.take(folder()).close();

    assertFalse(Files.exists(old));
  }

  @Test
  void a_second_session_is_turned_away_and_disturbs_nothing() throws IOException {
    try (var _ = BenchFolder.take(folder())) {
      var atWork = Files.writeString(folder().resolve("block"), "being measured");

      assertThrows(IOException.class, () -> BenchFolder.take(folder()));

      assertEquals("being measured", Files.readString(atWork));
    }
  }

  @Test
  void a_folder_that_the_bench_did_not_make_is_left_alone() throws IOException {
    Files.createDirectories(folder());
    var precious = Files.writeString(folder().resolve("thesis.txt"), "마당");

    assertThrows(IOException.class, () -> BenchFolder.take(folder()));

    assertTrue(Files.exists(precious));
  }

  @Test
  void a_number_that_another_program_has_by_now_does_not_hold_the_folder() throws IOException {
    BenchFolder.take(folder()).close();
    var cluster = Files.createDirectories(folder().resolve("postgres/cluster"));
    var stranger = new ProcessBuilder("sleep", "60").start();
    try {
      // A process of another program may have the number by now: the folder is free.
      Files.writeString(cluster.resolve("postmaster.pid"), stranger.pid() + "\n");
      BenchFolder.take(folder()).close();
      assertFalse(Files.exists(cluster));
    } finally {
      stranger.destroy();
    }
  }
}
