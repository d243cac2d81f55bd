package io.madang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The PostgreSQL server that the gateway has started, and the Debian programs that speak to it over
 * TCP.
 */
final class PostgresServer {
  /** A database of its own, so that the gateway's is as it would be. */
  private static final String BENCH_DATABASE = "pgbench";

  private static final String USER = "madang";
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without");

  private final Path programs;
  private final Map<String, String> access;
  private final ProcessTree processes;

  private PostgresServer(Path programs, Map<String, String> access, ProcessTree processes) {
    this.programs = programs;
    this.access = access;
    this.processes = processes;
  }

  /**
   * The server that a gateway runs in its data folder.
   *
   * @param folder the gateway's {@code <data>/postgres}
   * @param programs where psql and pgbench are
   */
  static PostgresServer runningIn(Path folder, Path programs) throws IOException {
    // The note that every running server keeps: process, folder, start, port, and more.
    var note = Files.readAllLines(folder.resolve("cluster").resolve("postmaster.pid"));
    var process = ProcessHandle.of(Long.parseLong(note.get(0).strip())).orElseThrow();
    var access =
        Map.of(
            "PGHOST",
            "127.0.0.1",
            "PGPORT",
            note.get(3).strip(),
            "PGUSER",
            USER,
            "PGPASSWORD",
            Files.readString(folder.resolve("password")).strip());
    return new PostgresServer(programs, access, new ProcessTree(process));
  }

  ProcessTree processes() {
    return processes;
  }

  /** What the server says a setting is. */
  String setting(String name) {
    return query("postgres", "SHOW " + name);
  }

  /** Writes out what earlier work left in memory, so that each leg begins alike. */
  void checkpoint() {
    query("postgres", "CHECKPOINT");
  }

  /** Makes the tables of pgbench. */
  void preparePgbench(int scale) {
    query("postgres", "CREATE DATABASE " + BENCH_DATABASE);
    pgbench("--initialize", "--quiet", "--scale=" + scale);
  }

  /** Transactions per second of pgbench's TPC-B, one kept connection per client, over TCP. */
  double tpcB(int clients, int seconds) {
    return rate(
        pgbench(
            "--builtin=tpcb-like",
            "--protocol=prepared",
            "--client=" + clients,
            "--jobs=" + Math.min(2, clients),
            "--time=" + seconds));
  }

  /** Makes what {@link #plainSale} sells from. */
  void preparePlainSale(int stock) {
    query("postgres", "CREATE DATABASE " + BENCH_DATABASE);
    query(BENCH_DATABASE, "CREATE TABLE stock (lots_left integer NOT NULL)");
    query(BENCH_DATABASE, "CREATE TABLE purchase (buyer bigint PRIMARY KEY, lot integer NOT NULL)");
    query(BENCH_DATABASE, "INSERT INTO stock VALUES (" + stock + ")");
  }

  /**
   * Buyers per second of a sale as one would write it down first: one row with the stock, one
   * transaction for each buyer.
   *
   * @param folder where the script is put
   */
  double plainSale(Path folder, int buyers, int clients) throws IOException {
    var script = folder.resolve("plain-sale.sql");
    Files.writeString(
        script,
        """
        \\set buyer random(1, 9000000000000000)
        WITH sold AS (UPDATE stock SET lots_left = lots_left - 1 WHERE lots_left > 0 RETURNING lots_left)
        INSERT INTO purchase SELECT :buyer, lots_left FROM sold ON CONFLICT DO NOTHING;
        """);
    return rate(
        pgbench(
            "--no-vacuum",
            "--file=" + script,
            "--protocol=prepared",
            "--client=" + clients,
            "--jobs=" + Math.min(2, clients),
            "--transactions=" + buyers / clients));
  }

  private static double rate(String output) {
    var rate = RATE.matcher(output);
    if (!rate.find()) {
      throw new IllegalStateException("pgbench printed no rate:\n" + output);
    }
    return Double.parseDouble(rate.group(1));
  }

  private String pgbench(String... arguments) {
    return run("pgbench", BENCH_DATABASE, arguments);
  }

  private String query(String database, String sql) {
    return run("psql", database, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "-c", sql)
        .strip();
  }

  private String run(String program, String database, String... arguments) {
    var command = new String[arguments.length + 2];
    command[0] = programs.resolve(program).toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    command[command.length - 1] = database;
    return Command.run(access, command);
  }
}
