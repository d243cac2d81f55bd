package io.madang.gateway.settlement;

import io.madang.gateway.account.Merchant;
import io.madang.gateway.database.Sql;
import io.madang.gateway.event.Event;
import io.madang.gateway.event.EventType;
import io.madang.gateway.event.Notices;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.ledger.AssetCode;
import io.madang.payment.qr.MerchantId;
import io.madang.payment.settlement.Adjustment;
import io.madang.payment.settlement.BusinessDays;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What operators agree on with a merchant: fees from a business day on, and corrections. One
 * proposes, another decides. Neither ever reaches a day that is over: the computation of a day
 * waits for decisions that are under way, and whoever decides after that sees that the day is over.
 */
final class Agreements {
  /** Names the lock between decisions and the computation of a day. */
  private static final long LOCK = 0x4D61_6461_6E67_0001L;

  private final Sql sql;
  private final Notices notices;
  private final Function<AssetCode, Future<Long>> givable;
  private final BusinessDays businessDays;
  private final Clock clock;

  /**
   * @param givable how much of an asset whoever signs settlements has to give to merchants
   */
  Agreements(
      Sql sql,
      Notices notices,
      Function<AssetCode, Future<Long>> givable,
      BusinessDays businessDays,
      Clock clock) {
    this.sql = sql;
    this.notices = notices;
    this.givable = givable;
    this.businessDays = businessDays;
    this.clock = clock;
  }

  /** What is agreed on; both live in the same way. */
  enum Kind {
    FEE("ops.fee_proposal"),
    CORRECTION("ops.correction");

    private final String table;

    Kind(String table) {
      this.table = table;
    }
  }

  /** The business day that goes on now. */
  LocalDate today() {
    return businessDays.of(clock.millis());
  }

  /** Waits until every decision about a day that is over by now is stored. */
  Future<?> untilNow() {
    return sql.transaction(
        connection -> Sql.run(connection, "SELECT pg_advisory_xact_lock($1)", LOCK).mapEmpty());
  }

  /** The approved corrections of a day, in the order in which they were proposed. */
  Future<Map<MerchantId, List<Adjustment>>> corrections(AssetCode asset, LocalDate day) {
    return sql.run(
            "SELECT merchant, change, reason FROM ops.correction WHERE state = 'approved'"
                + " AND day = $1 AND asset = $2 ORDER BY number",
            day,
            asset.value())
        .map(
            rows -> {
              var found = new HashMap<MerchantId, List<Adjustment>>();
              rows.forEach(
                  row ->
                      found
                          .computeIfAbsent(
                              new MerchantId(row.getString("merchant")), _ -> new ArrayList<>())
                          .add(new Adjustment(row.getLong("change"), row.getString("reason"))));
              return Map.copyOf(found);
            });
  }

  /** The approved corrections of a merchant's days, for its statements. */
  Future<List<Correction>> corrections(
      MerchantId merchant, AssetCode asset, LocalDate from, LocalDate until) {
    return sql.run(
            "SELECT number, day, change, reason FROM ops.correction WHERE state = 'approved'"
                + " AND merchant = $1 AND asset = $2 AND day BETWEEN $3 AND $4 ORDER BY number",
            merchant.value(),
            asset.value(),
            from,
            until)
        .map(
            rows -> {
              var found = new ArrayList<Correction>();
              rows.forEach(
                  row ->
                      found.add(
                          new Correction(
                              row.getLong("number"),
                              row.getLocalDate("day"),
                              row.getLong("change"),
                              row.getString("reason"))));
              return List.copyOf(found);
            });
  }

  /** What a merchant pays, from which day on; newest first. Free before the last one. */
  Future<List<JsonObject>> rates(MerchantId merchant) {
    return sql.run(
            "SELECT from_day, basis_points FROM ops.merchant_fee WHERE merchant = $1"
                + " ORDER BY from_day DESC",
            merchant.value())
        .map(
            rows -> {
              var found = new ArrayList<JsonObject>();
              rows.forEach(
                  row ->
                      found.add(
                          new JsonObject()
                              .put("fromDay", row.getLocalDate("from_day").toString())
                              .put("basisPoints", row.getInteger("basis_points"))));
              return List.copyOf(found);
            });
  }

  Future<Reply> proposeFee(
      SqlConnection connection, Merchant merchant, LocalDate from, int basisPoints, String by) {
    if (from.isBefore(today())) {
      return Future.succeededFuture(Problem.of(ProblemType.DAY_IS_OVER));
    }
    return Sql.run(
            connection,
            "INSERT INTO ops.fee_proposal (merchant, from_day, basis_points, proposed_by,"
                + " proposed_millis) VALUES ($1, $2, $3, $4, $5) RETURNING *",
            merchant.id().value(),
            from,
            basisPoints,
            by,
            clock.millis())
        .map(rows -> Reply.created(view(Kind.FEE, rows.iterator().next(), by)));
  }

  Future<Reply> proposeCorrection(
      SqlConnection connection,
      Merchant merchant,
      AssetCode asset,
      Adjustment adjustment,
      String by) {
    return Sql.run(
            connection,
            "INSERT INTO ops.correction (merchant, asset, change, reason, proposed_by,"
                + " proposed_millis) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *",
            merchant.id().value(),
            asset.value(),
            adjustment.change(),
            adjustment.reason(),
            by,
            clock.millis())
        .map(rows -> Reply.created(view(Kind.CORRECTION, rows.iterator().next(), by)));
  }

  /** A merchant's, newest first, one more than the limit if there are more. */
  Future<List<JsonObject>> list(
      Kind kind, Merchant merchant, long before, int limit, String reader) {
    return sql.run(
            "SELECT * FROM "
                + kind.table
                + " WHERE merchant = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
            merchant.id().value(),
            before,
            limit + 1)
        .map(
            rows -> {
              var views = new ArrayList<JsonObject>();
              rows.forEach(row -> views.add(view(kind, row, reader)));
              return List.copyOf(views);
            });
  }

  /** Another operator says yes; anybody may say no. */
  Future<Reply> decide(
      Kind kind, Merchant merchant, long number, String operator, boolean approves) {
    return sql.transaction(
            connection ->
                // Taken before the clock is read: see untilNow.
                Sql.run(connection, "SELECT pg_advisory_xact_lock_shared($1)", LOCK)
                    .compose(
                        _ ->
                            Sql.run(
                                connection,
                                "SELECT * FROM "
                                    + kind.table
                                    + " WHERE number = $1 AND merchant = $2 FOR UPDATE",
                                number,
                                merchant.id().value()))
                    .compose(
                        rows -> {
                          if (rows.size() == 0) return Problem.of(ProblemType.NOT_FOUND).fail();
                          var row = rows.iterator().next();
                          var problem = refusal(kind, row, operator, approves);
                          if (problem.isPresent()) return Problem.of(problem.get()).fail();
                          Future<?> covered =
                              approves && kind == Kind.CORRECTION
                                  ? requireCovered(connection, row)
                                  : Future.succeededFuture();
                          return covered.compose(
                              _ -> decide(connection, kind, merchant, row, operator, approves));
                        }))
        .onSuccess(_ -> notices.committed(List.of(merchant.id())));
  }

  private Optional<ProblemType> refusal(Kind kind, Row row, String operator, boolean approves) {
    if (!row.getString("state").equals("proposed")) {
      return Optional.of(ProblemType.PROPOSAL_IS_OVER);
    }
    if (!approves) return Optional.empty();
    if (row.getString("proposed_by").equals(operator)) {
      return Optional.of(ProblemType.PROPOSAL_OF_YOUR_OWN);
    }
    return kind == Kind.FEE && row.getLocalDate("from_day").isBefore(today())
        ? Optional.of(ProblemType.DAY_IS_OVER)
        : Optional.empty();
  }

  /**
   * What merchants are given comes from those who sign settlements. One that they cannot give would
   * hold up the whole day.
   */
  private Future<?> requireCovered(SqlConnection connection, Row row) {
    long change = row.getLong("change");
    if (change < 0) return Future.succeededFuture();
    var asset = new AssetCode(row.getString("asset"));
    return Sql.run(
            connection,
            "SELECT coalesce(sum(change), 0)::bigint AS given FROM ops.correction"
                + " WHERE state = 'approved' AND change > 0 AND asset = $1 AND day = $2",
            asset.value(),
            today())
        .compose(
            rows ->
                givable
                    .apply(asset)
                    .compose(
                        there ->
                            there - rows.iterator().next().getLong("given") < change
                                ? Problem.of(ProblemType.CORRECTION_NOT_COVERED).fail()
                                : Future.succeededFuture()));
  }

  private Future<Reply> decide(
      SqlConnection connection,
      Kind kind,
      Merchant merchant,
      Row row,
      String operator,
      boolean approves) {
    return Sql.run(
            connection,
            switch (kind) {
              case FEE ->
                  "UPDATE ops.fee_proposal SET decided_by = $2, decided_millis = $3, state = $4"
                      + " WHERE number = $1 RETURNING *";
              case CORRECTION ->
                  "UPDATE ops.correction SET decided_by = $2, decided_millis = $3, state = $4,"
                      + " day = CASE WHEN $4 = 'approved' THEN DATE '"
                      + today()
                      + "' END WHERE number = $1 RETURNING *";
            },
            row.getLong("number"),
            operator,
            clock.millis(),
            approves ? "approved" : "declined")
        .compose(
            rows -> {
              var now = rows.iterator().next();
              var reply = Reply.ok(view(kind, now, operator));
              return approves
                  ? takeEffect(connection, kind, merchant, now).map(reply)
                  : done(reply);
            });
  }

  private static Future<Reply> done(Reply reply) {
    return Future.succeededFuture(reply);
  }

  private Future<?> takeEffect(SqlConnection connection, Kind kind, Merchant merchant, Row row) {
    Future<?> stored =
        kind == Kind.CORRECTION
            ? Future.succeededFuture()
            : Sql.run(
                connection,
                "INSERT INTO ops.merchant_fee (merchant, from_day, basis_points)"
                    + " VALUES ($1, $2, $3) ON CONFLICT (merchant, from_day)"
                    + " DO UPDATE SET basis_points = excluded.basis_points",
                merchant.id().value(),
                row.getLocalDate("from_day"),
                row.getInteger("basis_points"));
    var event =
        Event.about(
            merchant.id(),
            kind == Kind.FEE ? EventType.FEE_CHANGED : EventType.CORRECTION_APPROVED,
            row.getLong("number").toString(),
            clock.millis(),
            content(kind, row));
    return stored.compose(_ -> notices.post(connection, List.of(event)));
  }

  private static JsonObject content(Kind kind, Row row) {
    var content = new JsonObject().put("number", row.getLong("number"));
    if (kind == Kind.FEE) {
      return content
          .put("fromDay", row.getLocalDate("from_day").toString())
          .put("basisPoints", row.getInteger("basis_points"));
    }
    content
        .put("asset", row.getString("asset"))
        .put("change", row.getLong("change"))
        .put("reason", row.getString("reason"));
    return Json.putIfPresent(
        content, "day", Optional.ofNullable(row.getLocalDate("day")).map(LocalDate::toString));
  }

  private static JsonObject view(Kind kind, Row row, String reader) {
    var view =
        content(kind, row)
            .put("state", row.getString("state"))
            .put("own", row.getString("proposed_by").equals(reader))
            .put("proposedAt", Json.time(row.getLong("proposed_millis")));
    return Json.putIfPresent(
        view, "decidedAt", Optional.ofNullable(row.getLong("decided_millis")).map(Json::time));
  }
}
