package io.madang.gateway.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.io.FileUtils;

/** One real PostgreSQL for all tests of a run, with a fresh database for whoever asks. */
public final class TestPostgres {
  /** Where the programs are unpacked, once for all runs. */
  public static final Path SOFTWARE = Path.of("target", "postgres-software").toAbsolutePath();

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  private static final class Server {
    static final EmbeddedPostgres RUNNING = startOnce();

    private static EmbeddedPostgres startOnce() {
      try {
        var folder = Files.createTempDirectory("postgres");
        var postgres = EmbeddedPostgres.start(folder, SOFTWARE);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, folder)));
        return postgres;
      } catch (IOException failed) {
        throw new AssertionError(failed);
      }
    }
  }

  private static void stop(EmbeddedPostgres postgres, Path folder) {
    try {
      postgres.close();
      FileUtils.deleteDirectory(folder.toFile());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The address of a new, empty database. */
  public static DatabaseAddress newDatabase() {
    return create("");
  }

  /** The address of a copy, as a backup is one, of a database that nobody is connected to. */
  public static DatabaseAddress copyOf(DatabaseAddress original) {
    return create(" TEMPLATE " + original.database());
  }

  private static DatabaseAddress create(String how) {
    var address = Server.RUNNING.address();
    var name = "test_" + DATABASES.incrementAndGet();
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + how);
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
    return address.withDatabase(name);
  }

  /** The answer of a question that fails for a while. */
  public static <T> T eventually(Callable<T> question) throws Exception {
    long giveUp = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (true) {
      try {
        return question.call();
      } catch (Exception | AssertionError failed) {
        if (System.nanoTime() > giveUp) {
          throw failed;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }
}
