package io.madang.gateway.account;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.function.Consumer;

/** Where a merchant sells: its owner says which tills stand where, and closes one at once. */
public final class LocationRoutes implements Operations.Feature {
  private static final int MOST = 500;

  private final Sql sql;
  private final Idempotency idempotency;
  private final Locations locations;
  private final KeyNotices notices;
  private final Consumer<String> stickerClosed;

  /**
   * Routes to locations in this database.
   *
   * @param stickerClosed is told of each sticker that ended with its till
   */
  public LocationRoutes(
      Sql sql, Idempotency idempotency, KeyNotices notices, Consumer<String> stickerClosed) {
    this.sql = sql;
    this.idempotency = idempotency;
    this.locations = new Locations(sql);
    this.notices = notices;
    this.stickerClosed = stickerClosed;
  }

  @Override
  public void register(Operations operations) {
    operations.on("listLocations", call -> locations.of(call.merchant().merchant()).map(Reply::ok));
    operations.on("addLocation", this::add);
    operations.on("removeLocation", this::remove);
    operations.on("placeTill", this::place);
    operations.on("closeTill", this::close);
  }

  private Future<Reply> add(Call call) {
    var body = call.body();
    var merchant = call.merchant().merchant();
    return idempotency.once(
        Idempotency.Key.of(call, "addLocation"),
        connection ->
            Locations.count(connection, merchant)
                .compose(
                    count ->
                        count >= MOST
                            ? Future.succeededFuture(Problem.of(ProblemType.TOO_MANY_LOCATIONS))
                            : Locations.add(
                                    connection,
                                    merchant,
                                    body.getString("name"),
                                    body.getString("address"),
                                    body.getString("region"))
                                .map(Reply::created)));
  }

  private Future<Reply> remove(Call call) {
    var id = call.text("id");
    return sql.transaction(
        connection ->
            own(connection, call.merchant().merchant(), id)
                .compose(_ -> Locations.hasTills(connection, id))
                .compose(
                    used ->
                        used
                            ? Problem.of(ProblemType.LOCATION_HAS_TILLS).fail()
                            : Locations.remove(connection, id).map(_ -> new Reply.Nothing())));
  }

  private Future<Reply> place(Call call) {
    var merchant = call.merchant().merchant();
    var location = call.body().getString("location");
    return sql.transaction(
        connection ->
            Locations.count(connection, merchant)
                .compose(
                    count ->
                        count >= MOST
                            ? Problem.of(ProblemType.TOO_MANY_LOCATIONS).fail()
                            : own(connection, merchant, location))
                .compose(_ -> Locations.place(connection, merchant, call.text("till"), location))
                .map(_ -> new Reply.Nothing()));
  }

  private static Future<Void> own(SqlConnection connection, MerchantId merchant, String id) {
    return Locations.has(connection, merchant, id)
        .compose(
            known -> known ? Future.succeededFuture() : Problem.of(ProblemType.NOT_FOUND).fail());
  }

  private Future<Reply> close(Call call) {
    var caller = call.merchant();
    // Whoever shuts themselves out would have to ask the operator.
    if (caller.till().filter(call.text("till")::equals).isPresent()) {
      return Problem.of(ProblemType.KEY_OF_THIS_CALL).fail();
    }
    return sql.transaction(
            connection ->
                Locations.close(connection, caller.merchant(), call.text("till"))
                    .compose(
                        closed -> {
                          if (!closed.wasThere()) return Problem.of(ProblemType.NOT_FOUND).fail();
                          return tell(connection, caller.merchant(), closed.keys()).map(closed);
                        }))
        .map(
            closed -> {
              closed.stickers().forEach(stickerClosed);
              notices.committed(caller.merchant());
              return new Reply.Nothing();
            });
  }

  private Future<?> tell(SqlConnection connection, MerchantId merchant, List<ApiKeys.Ended> keys) {
    Future<?> told = Future.succeededFuture();
    for (var key : keys) {
      told = told.compose(_ -> notices.ended(connection, merchant, key));
    }
    return told;
  }
}
