package io.madang.gateway.programme;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Json;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people call programmes. Few and rarely changed, so they are kept in memory. */
public final class ProgrammeNames {
  private final Sql sql;
  private volatile @Nullable Map<String, JsonObject> known;
  private int changes;

  /** The names in this database. */
  public ProgrammeNames(Sql sql) {
    this.sql = sql;
  }

  Future<Map<String, JsonObject>> all() {
    var names = known;
    if (names != null) return Future.succeededFuture(names);
    int before = changes();
    return sql.run("SELECT code, ko, en FROM ops.programme_name")
        .map(
            rows -> {
              var read = new HashMap<String, JsonObject>();
              rows.forEach(
                  row ->
                      read.put(
                          row.getString("code"),
                          Json.names(row.getString("ko"), row.getString("en"))));
              var all = Map.copyOf(read);
              keep(all, before);
              return all;
            });
  }

  /** Names a programme within a transaction; {@link #forget} when that is durable. */
  Future<?> set(SqlConnection connection, String code, JsonObject names) {
    return Sql.run(
        connection,
        "INSERT INTO ops.programme_name (code, ko, en) VALUES ($1, $2, $3)"
            + " ON CONFLICT (code) DO UPDATE SET ko = excluded.ko, en = excluded.en",
        code,
        names.getString("ko"),
        names.getString("en"));
  }

  /** Names a programme. */
  public Future<?> set(String code, JsonObject names) {
    return sql.transaction(connection -> set(connection, code, names).mapEmpty())
        .onSuccess(_ -> forget());
  }

  private synchronized int changes() {
    return changes;
  }

  /** Unless something changed since it was read. */
  private synchronized void keep(Map<String, JsonObject> all, int asOf) {
    if (asOf == changes) known = all;
  }

  synchronized void forget() {
    changes++;
    known = null;
  }
}
