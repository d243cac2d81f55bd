package io.madang.gateway.database;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.Serial;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Statements and transactions on the operational tables. When the database is away they fail soon,
 * with {@link Unavailable}, and work again once it is back.
 */
public final class Sql {
  /** The longest that a statement or a transaction may take before its caller gives up. */
  private static final int PATIENCE_SECONDS = 3;

  private final Pool pool;

  /** Statements through a pool, which stays the caller's to close. */
  public Sql(Pool pool) {
    this.pool = pool;
  }

  /** The database cannot be reached. Whether the work was done cannot be known. */
  public static final class Unavailable extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Unavailable(Throwable cause) {
      super("the database cannot be reached", cause, false, false);
    }
  }

  /** Runs one statement. */
  public Future<RowSet<Row>> run(String statement, @Nullable Object... parameters) {
    return impatient(pool.preparedQuery(statement).execute(Tuple.wrap(Arrays.asList(parameters))));
  }

  /** Runs one statement within a transaction. */
  public static Future<RowSet<Row>> run(
      SqlConnection connection, String statement, @Nullable Object... parameters) {
    return connection.preparedQuery(statement).execute(Tuple.wrap(Arrays.asList(parameters)));
  }

  /** Runs work in one transaction, which is rolled back when the work's future fails. */
  public <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
    return impatient(pool.withTransaction(work));
  }

  /** The same for work that may take so many seconds, such as storing a long list. */
  public <T> Future<T> longTransaction(int seconds, Function<SqlConnection, Future<T>> work) {
    return impatient(pool.withTransaction(work), seconds);
  }

  private static <T> Future<T> impatient(Future<T> future) {
    return impatient(future, PATIENCE_SECONDS);
  }

  private static <T> Future<T> impatient(Future<T> future, int seconds) {
    return future
        .timeout(seconds, TimeUnit.SECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    isUnavailability(failure) ? new Unavailable(failure) : failure));
  }

  private static boolean isUnavailability(Throwable failure) {
    return switch (failure) {
      // Classes of SQLSTATE: connection exception, insufficient resources, operator intervention.
      case PgException answered -> {
        var state = answered.getSqlState();
        yield state != null
            && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57"));
      }
      case IOException _, TimeoutException _ -> true;
      // The client says "Connection is not active now" and the like with exceptions of its own.
      case RuntimeException ours -> ours.getClass().getName().startsWith("io.vertx.");
      default -> failure.getClass().getName().startsWith("io.vertx.");
    };
  }
}
