package io.madang.gateway.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that the gateway brings along when it is given no database of its own.
 *
 * <p>Everything is below one folder: {@code cluster/} (the data), {@code software/}, {@code
 * password} (the superuser's, readable by the owner only), {@code port}, {@code postgres.log} and
 * {@code lock} (held while a gateway uses the folder). It listens on the loopback interface only
 * and is durable: {@code fsync} and {@code synchronous_commit} are on, which is asked of the
 * running server after each start.
 *
 * <p>A server that a killed gateway left behind is stopped first. One that dies while the gateway
 * lives is started again. Blocking: start and close it on a worker thread.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  /** A crowded machine, or a recovery after a crash, takes long. */
  private static final Duration START_WAIT = Duration.ofMinutes(3);

  private static final Duration STOP_WAIT = Duration.ofMinutes(1);
  private static final Duration READY_PAUSE = Duration.ofMillis(20);
  private static final Duration RESTART_PAUSE = Duration.ofMillis(500);
  private static final String USER = "madang";
  private static final String DATABASE = "madang";

  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("fsync", "on"),
              Map.entry("synchronous_commit", "on"),
              Map.entry("full_page_writes", "on"),
              Map.entry("listen_addresses", "127.0.0.1"),
              Map.entry("unix_socket_directories", ""),
              Map.entry("max_connections", "60"),
              Map.entry("shared_buffers", "128MB"),
              Map.entry("max_wal_size", "2GB"),
              Map.entry("timezone", "UTC"),
              Map.entry("log_timezone", "UTC"),
              Map.entry("password_encryption", "scram-sha-256")));

  private final Path folder;
  private final FileChannel lockChannel;
  private final FileLock lock;
  private final PostgresSoftware software;
  private final String password;
  private final int port;

  /** Held while the server is being started or stopped: never both at once. */
  private final ReentrantLock changing = new ReentrantLock();

  private volatile boolean closing;
  private volatile @Nullable Process server;

  private EmbeddedPostgres(
      Path folder,
      FileChannel lockChannel,
      FileLock lock,
      PostgresSoftware software,
      String password,
      int port) {
    this.folder = folder;
    this.lockChannel = lockChannel;
    this.lock = lock;
    this.software = software;
    this.password = password;
    this.port = port;
  }

  /**
   * Starts the server below a folder, after stopping one that a killed gateway left there.
   *
   * @param folder made when absent; by convention {@code <data>/postgres}
   * @throws IOException when it does not start, or another gateway uses the folder
   */
  public static EmbeddedPostgres start(Path folder) throws IOException {
    return start(folder, folder.resolve("software"));
  }

  /** As {@link #start(Path)}, with the unpacked programs kept elsewhere. */
  public static EmbeddedPostgres start(Path folder, Path softwareFolder) throws IOException {
    Files.createDirectories(folder);
    var lockChannel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable EmbeddedPostgres postgres = null;
    try {
      var lock = tryLock(lockChannel);
      if (lock == null) {
        throw new IOException("Another gateway uses the database folder " + folder);
      }
      var software = PostgresSoftware.in(softwareFolder);
      var password = password(folder);
      initialise(folder, software);
      postgres =
          new EmbeddedPostgres(folder, lockChannel, lock, software, password, choosePort(folder));
      if (leftover(folder).isPresent()) {
        LOG.warn("Stopping the PostgreSQL that a killed gateway left running");
        postgres.stopServer();
      }
      postgres.startServer();
      postgres.verify();
      postgres.createDatabase();
      postgres.supervise();
      return postgres;
    } catch (IOException | RuntimeException failed) {
      if (postgres == null) {
        lockChannel.close();
      } else {
        postgres.close();
      }
      throw failed;
    }
  }

  /** How the gateway's database on this server is reached. */
  public DatabaseAddress address() {
    return new DatabaseAddress("127.0.0.1", port, DATABASE, USER, password);
  }

  /** The server's first process, if it runs. */
  public Optional<ProcessHandle> process() {
    return Optional.ofNullable(server).filter(Process::isAlive).map(Process::toHandle);
  }

  /** Stops the server, and leaves none running whatever happens; what was committed stays. */
  @Override
  public void close() throws IOException {
    closing = true;
    changing.lock();
    try {
      if (process().isPresent()) {
        stopServer();
      }
    } catch (IOException failed) {
      // Such as one that has not yet written down that it runs. What it committed is in its log.
      LOG.warn("PostgreSQL did not stop in order; killing it", failed);
      kill();
    } finally {
      changing.unlock();
      lock.release();
      lockChannel.close();
    }
  }

  private void kill() {
    var running = server;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static Path cluster(Path folder) {
    return folder.resolve("cluster");
  }

  private static String password(Path folder) throws IOException {
    var file = folder.resolve("password");
    if (!Files.exists(file)) {
      var random = new byte[24];
      new SecureRandom().nextBytes(random);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file).strip();
  }

  private static void initialise(Path folder, PostgresSoftware software) throws IOException {
    if (Files.isDirectory(cluster(folder))) {
      return;
    }
    // Whoever dies half-way leaves a folder of another name, never half a cluster.
    var unfinished = Files.createTempDirectory(folder, "initialising-");
    run(
        software.command(
            "initdb",
            List.of(
                "-D",
                unfinished.toString(),
                "-U",
                USER,
                "--auth=scram-sha-256",
                "--pwfile=" + folder.resolve("password"),
                "--encoding=UTF-8",
                "--locale=C",
                // Many rounds protect passwords that can be guessed. This one has 192 random bits,
                // and each connection would pay for the rounds.
                "--set=scram_iterations=1",
                "--data-checksums")),
        folder);
    Files.move(unfinished, cluster(folder));
  }

  /** A living server process that the cluster's own note names. */
  private static Optional<ProcessHandle> leftover(Path folder) {
    try {
      var lines = Files.readAllLines(cluster(folder).resolve("postmaster.pid"));
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
          // The number may by now belong to a stranger; one that ended but was not waited for by
          // its parent has no command any more.
          .filter(process -> process.info().command().orElse("").endsWith("postgres"));
    } catch (IOException | RuntimeException noneOrHalfWritten) {
      return Optional.empty();
    }
  }

  private static int recordedPort(Path folder) throws IOException {
    return Integer.parseInt(Files.readString(folder.resolve("port")).strip());
  }

  /** The same port as last time if it is free, else any free one. */
  private static int choosePort(Path folder) throws IOException {
    var file = folder.resolve("port");
    if (Files.exists(file) && isFree(recordedPort(folder))) {
      return recordedPort(folder);
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(file, Integer.toString(socket.getLocalPort()));
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /**
   * Starts the server as a child of this process, so that its end is noticed at once whoever else
   * looks after orphans on this machine.
   */
  private void startServer() throws IOException {
    var arguments = new ArrayList<>(List.of("-D", cluster(folder).toString()));
    arguments.addAll(List.of("-p", Integer.toString(port)));
    SETTINGS.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    var started =
        new ProcessBuilder(software.detachedCommand("postgres", arguments))
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("postgres.log").toFile()))
            .start();
    started.getOutputStream().close();
    server = started;
    long giveUp = System.nanoTime() + START_WAIT.toNanos();
    while (!closing && !isReady()) {
      if (!started.isAlive() || System.nanoTime() > giveUp) {
        started.destroyForcibly();
        throw new IOException(
            "PostgreSQL did not start; see " + folder.resolve("postgres.log") + " for the reason");
      }
      LockSupport.parkNanos(READY_PAUSE.toNanos());
    }
    if (closing) return;
    LOG.info("PostgreSQL runs on port {} with its data in {}", port, cluster(folder));
  }

  private boolean isReady() {
    try (var connection = connect("postgres")) {
      return connection.isValid(/* timeout in seconds= */ 5);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private void stopServer() throws IOException {
    run(
        List.of(
            "stop",
            "-D",
            cluster(folder).toString(),
            "-m",
            "fast",
            "-w",
            "-t",
            Long.toString(STOP_WAIT.toSeconds())),
        "pg_ctl");
  }

  private void run(List<String> arguments, String program) throws IOException {
    run(software.command(program, arguments), folder);
  }

  private static void run(List<String> command, Path folder) throws IOException {
    var output = folder.resolve("last-command.log");
    var process =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectErrorStream(true)
            // A file, not a pipe: the server inherits it and would keep a pipe open.
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(START_WAIT.plus(STOP_WAIT).toSeconds(), TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        process.destroy();
        throw new IOException(
            command + (ended ? " failed: " : " hangs: ") + Files.readString(output).strip());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      process.destroy();
      throw new IOException("Interrupted while waiting for " + command, stopped);
    }
  }

  /** Asks the running server whether it is as durable as it was told to be. */
  private void verify() throws IOException {
    try (var connection = connect("postgres")) {
      for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        var value = single(connection, "SHOW " + setting);
        if (!value.equals("on")) {
          throw new IOException("PostgreSQL is not durable: " + setting + " is " + value);
        }
      }
    } catch (SQLException failed) {
      throw new IOException("PostgreSQL on port " + port + " does not let us in", failed);
    }
  }

  private void createDatabase() throws IOException {
    try (var connection = connect("postgres");
        var statement = connection.createStatement()) {
      var known =
          single(connection, "SELECT count(*) FROM pg_database WHERE datname = '" + DATABASE + "'");
      if (known.equals("0")) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    } catch (SQLException failed) {
      throw new IOException("The database could not be made", failed);
    }
  }

  private Connection connect(String database) throws SQLException {
    var address = address().withDatabase(database);
    return DriverManager.getConnection(address.jdbcUrl(), USER, password);
  }

  private static String single(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Starts the server again each time it ends without being told to. */
  private void supervise() {
    Thread.ofVirtual()
        .name("postgres-supervisor")
        .start(
            () -> {
              while (!closing) {
                var watched = server;
                if (watched != null) {
                  watched.onExit().join();
                }
                if (!closing) {
                  restart();
                }
              }
            });
  }

  private void restart() {
    changing.lock();
    try {
      // Whoever closes holds the lock until no server runs: one started later would stay for ever.
      if (closing) return;
      LOG.error("PostgreSQL ended by itself; starting it again");
      startServer();
      if (!closing) verify();
    } catch (IOException failed) {
      LOG.error("PostgreSQL did not start; trying again", failed);
      LockSupport.parkNanos(RESTART_PAUSE.toNanos());
    } finally {
      changing.unlock();
    }
  }
}
