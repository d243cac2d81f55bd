package io.madang.gateway.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A PostgreSQL database whose tables are up to date. */
public final class Database {
  /** How long a statement may wait for a free connection. */
  private static final int CONNECTION_TIMEOUT_SECONDS = 5;

  private final Vertx vertx;
  private final DatabaseAddress address;

  private Database(Vertx vertx, DatabaseAddress address) {
    this.vertx = vertx;
    this.address = address;
  }

  /**
   * Brings the tables up to date (schemas {@code chain} and {@code ops}), on a worker thread.
   *
   * <p>Migrations lie in {@code db/migration}: V1 to V99 are the chains', V100 and up the gateway's
   * own. The two lines go on apart, so a database may meet a new one of the first after the second.
   */
  public static Future<Database> open(Vertx vertx, DatabaseAddress address) {
    return vertx
        .executeBlocking(
            () ->
                Flyway.configure(Database.class.getClassLoader())
                    .dataSource(address.jdbcUrl(), address.user(), address.password())
                    .schemas("ops", "chain")
                    .defaultSchema("ops")
                    .table("migration")
                    .locations("classpath:db/migration")
                    .validateMigrationNaming(true)
                    .outOfOrder(true)
                    .load()
                    .migrate())
        .map(migrated -> new Database(vertx, address));
  }

  /** Whose event loops its connections live on. */
  public Vertx vertx() {
    return vertx;
  }

  /** Where it is. */
  public DatabaseAddress address() {
    return address;
  }

  /**
   * A pool of connections with prepared statements cached and requests pipelined.
   *
   * @param size at most so many connections
   */
  public Pool pool(int size) {
    return pool(size, "public");
  }

  /**
   * The same, for statements that name their tables without a schema.
   *
   * @param schema where these tables are
   */
  public Pool pool(int size, String schema) {
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setMaxSize(size)
                .setConnectionTimeout(CONNECTION_TIMEOUT_SECONDS)
                .setShared(false))
        .connectingTo(connectOptions(schema))
        .using(vertx)
        .build();
  }

  /**
   * One connection of its own, for what belongs to a session, such as a lock.
   *
   * @param schema where the tables are that its statements name without one
   */
  public Future<PgConnection> connect(String schema) {
    return PgConnection.connect(vertx, connectOptions(schema));
  }

  private PgConnectOptions connectOptions(String schema) {
    return new PgConnectOptions()
        .setHost(address.host())
        .setPort(address.port())
        .setDatabase(address.database())
        .setUser(address.user())
        .setPassword(address.password())
        // Caching is off by default; every statement here is a constant.
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheSqlLimit(4096)
        .setPipeliningLimit(64)
        .setProperties(
            Map.of("application_name", "madang", "timezone", "UTC", "search_path", schema));
  }
}
