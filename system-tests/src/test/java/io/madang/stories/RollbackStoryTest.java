package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Yesterday's database is put back below a gateway that has gone on since. */
class RollbackStoryTest {
  @TempDir Path data;
  @TempDir Path backups;

  @Test
  void a_restored_backup_is_refused_and_the_newest_database_serves_again() throws Exception {
    DemoProcess.start(data).close();
    var postgres = data.resolve("postgres");
    var yesterday = backups.resolve("yesterday");
    run("cp", "-a", postgres, yesterday);

    try (var demo = DemoProcess.start(data)) {
      var load = new Payers(demo.address(), 2).pay();
      load.awaitFinal(10);
      load.stop();
    }
    var today = backups.resolve("today");
    run("mv", "-T", postgres, today);
    run("cp", "-a", yesterday, postgres);

    assertThatThrownBy(() -> DemoProcess.start(data))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("madang: The database was rolled back");

    run("mv", "-T", postgres, backups.resolve("refused"));
    run("mv", "-T", today, postgres);
    DemoProcess.start(data).close();
    assertThat(Files.exists(data.resolve("witness-madang-demo.jws"))).isTrue();
  }

  /** PostgreSQL looks at owners and permissions, so files are moved as an operator would. */
  private static void run(String program, String option, Path from, Path to) throws Exception {
    var command = new ProcessBuilder(program, option, from.toString(), to.toString());
    assertThat(command.inheritIO().start().waitFor()).isZero();
  }
}
