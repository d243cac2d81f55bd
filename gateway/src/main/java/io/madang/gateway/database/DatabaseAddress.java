package io.madang.gateway.database;

import io.vertx.pgclient.PgConnectOptions;

/**
 * Where a PostgreSQL database is and who enters.
 *
 * @param host name or address
 * @param port TCP port
 * @param database name of the database
 * @param user who enters
 * @param password may be empty
 */
public record DatabaseAddress(
    String host, int port, String database, String user, String password) {

  /**
   * Reads an address such as {@code postgresql://user:password@host:5432/madang}, as libpq writes
   * it.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static DatabaseAddress parse(String url) {
    var options = PgConnectOptions.fromUri(url);
    return new DatabaseAddress(
        options.getHost(),
        options.getPort(),
        options.getDatabase(),
        options.getUser(),
        options.getPassword());
  }

  /** The same server, another database. */
  public DatabaseAddress withDatabase(String other) {
    return new DatabaseAddress(host, port, other, user, password);
  }

  /** The same with a password that was kept apart. */
  public DatabaseAddress withPassword(String secret) {
    return new DatabaseAddress(host, port, database, user, secret);
  }

  /** The address as JDBC writes it, without user and password. */
  String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** Host, port and database; never the password. */
  @Override
  public String toString() {
    return "postgresql://" + host + ":" + port + "/" + database;
  }
}
