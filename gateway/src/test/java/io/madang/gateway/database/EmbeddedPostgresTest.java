package io.madang.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir Path folder;

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.start(folder, TestPostgres.SOFTWARE);
  }

  @Test
  void keeps_its_data_over_a_restart_and_asks_for_the_password() throws Exception {
    try (var postgres = start()) {
      assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
      query(postgres, "CREATE TABLE kept AS SELECT 42 AS answer; SELECT 1");
      var address = postgres.address();
      assertThatThrownBy(
              () -> DriverManager.getConnection(address.jdbcUrl(), address.user(), "guessed"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    try (var postgres = start()) {
      assertThat(query(postgres, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void refuses_a_folder_that_another_gateway_uses() throws Exception {
    try (var first = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Another gateway uses");
      assertThat(query(first, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void starts_the_server_again_when_it_was_killed() throws Exception {
    try (var postgres = start()) {
      query(postgres, "CREATE TABLE kept AS SELECT 42 AS answer; SELECT 1");
      var killed = postgres.process().orElseThrow();
      killed.destroyForcibly();
      killed.onExit().get(3, TimeUnit.MINUTES);
      assertThat(TestPostgres.eventually(() -> query(postgres, "SELECT answer FROM kept")))
          .isEqualTo("42");
    }
  }

  @Test
  void leaves_no_server_when_it_is_closed_while_a_killed_one_is_started_again() throws Exception {
    for (int round = 0; round < 8; round++) {
      var postgres = start();
      var killed = postgres.process().orElseThrow();
      killed.destroyForcibly();
      killed.onExit().get(3, TimeUnit.MINUTES);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25L * round));
      postgres.close();
      assertThat(servers()).as("servers of this folder after round %d", round).isEmpty();
    }
  }

  private List<String> servers() {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains("postgres") && line.contains(folder + "/cluster"))
        .toList();
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    var address = postgres.address();
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      for (boolean rows = statement.execute(sql); !rows; ) {
        rows = statement.getMoreResults();
      }
      try (var result = statement.getResultSet()) {
        result.next();
        return result.getString(1);
      }
    }
  }
}
