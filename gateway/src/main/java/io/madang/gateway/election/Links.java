package io.madang.gateway.election;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Callers;
import io.madang.gateway.secret.MasterSecret;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Optional;

/**
 * Links by which an administrator lets the registrar and the trustees in: 256 random bits each, of
 * which only a keyed hash is stored.
 */
public final class Links implements Callers {
  /** How registrars' tokens begin. */
  public static final String REGISTRAR = "er_";

  /** How trustees' tokens begin. */
  public static final String TRUSTEE = "et_";

  private static final int LENGTH = 32;
  private static final int REGISTRARS_PLACE = 0;

  private final Sql sql;
  private final MasterSecret secret;

  Links(Sql sql, MasterSecret secret) {
    this.sql = sql;
    this.secret = secret;
  }

  /** Makes new links, the only time that they are shown; those before no longer let anybody in. */
  Future<JsonObject> make(SqlConnection connection, ElectionId election, int trustees) {
    var registrar = token(REGISTRAR);
    var others = new ArrayList<String>();
    for (int i = 0; i < trustees; i++) {
      others.add(token(TRUSTEE));
    }
    Future<?> stored =
        Sql.run(connection, "DELETE FROM ops.election_link WHERE election = $1", election.text())
            .compose(_ -> insert(connection, election, REGISTRARS_PLACE, registrar));
    for (int i = 0; i < trustees; i++) {
      int place = i + 1;
      stored = stored.compose(_ -> insert(connection, election, place, others.get(place - 1)));
    }
    return stored.map(
        _ -> new JsonObject().put("registrar", registrar).put("trustees", new JsonArray(others)));
  }

  private Future<Void> insert(
      SqlConnection connection, ElectionId election, int place, String token) {
    return Sql.run(
            connection,
            "INSERT INTO ops.election_link (hash, election, place) VALUES ($1, $2, $3)",
            Buffer.buffer(hash(token)),
            election.text(),
            place)
        .mapEmpty();
  }

  @Override
  public Future<Optional<Caller>> byToken(String token) {
    return sql.run(
            "SELECT election, place FROM ops.election_link WHERE hash = $1",
            Buffer.buffer(hash(token)))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              var row = rows.iterator().next();
              var election = new ElectionId(row.getString("election"));
              int place = row.getInteger("place");
              return Optional.of(
                  place == REGISTRARS_PLACE
                      ? new Caller.Registrar(election)
                      : new Caller.Trustee(election, place));
            });
  }

  private static String token(String prefix) {
    return prefix
        + Base64.getUrlEncoder().withoutPadding().encodeToString(MasterSecret.random(LENGTH));
  }

  private byte[] hash(String token) {
    return secret.hash("election link", token);
  }
}
