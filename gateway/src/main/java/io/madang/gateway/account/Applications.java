package io.madang.gateway.account;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Json;
import io.madang.gateway.secret.MasterSecret;
import io.madang.payment.BusinessNumber;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applications of shops in the database. Whom to call is a person's data, so it is sealed. */
final class Applications {
  private static final String SELECT =
      "SELECT a.*, (SELECT count(*) FROM ops.merchant_application AS other WHERE"
          + " other.business_number = a.business_number AND other.state = 'approved'"
          + " AND other.number <> a.number) AS registered FROM ops.merchant_application AS a";

  private final Sql sql;
  private final MasterSecret secret;

  Applications(Sql sql, MasterSecret secret) {
    this.sql = sql;
    this.secret = secret;
  }

  /** Who applied, where it was the shop itself. */
  static final String SHOP = "shop";

  /**
   * What operators decide about.
   *
   * @param checkedBy the first of two operators who approve what a shop wrote itself
   * @param merchant what it became, once approved
   * @param keyWasShown whether the shop has had its first key
   */
  record Waiting(
      long number,
      JsonObject details,
      String appliedBy,
      Optional<String> checkedBy,
      boolean isOver,
      Optional<String> merchant,
      boolean keyWasShown) {
    boolean isByShop() {
      return appliedBy.equals(SHOP);
    }

    /** The name under which its merchant is registered; again finds the same one. */
    String name() {
      return "application " + number;
    }
  }

  /**
   * How many applications of shops wait. Two that come at once may both be counted as the last one.
   */
  Future<Long> countByShops() {
    return sql.run(
            "SELECT count(*) AS n FROM ops.merchant_application"
                + " WHERE state = 'waiting' AND link_hash IS NOT NULL")
        .map(rows -> rows.iterator().next().getLong("n"));
  }

  /**
   * Writes down what a shop says of itself.
   *
   * @param linkHash of the token by which it follows the application
   */
  Future<JsonObject> addByShop(
      SqlConnection connection,
      BusinessNumber businessNumber,
      JsonObject details,
      JsonObject contact,
      byte[] linkHash) {
    return insert(connection, businessNumber, details, contact, SHOP)
        .compose(
            number ->
                Sql.run(
                    connection,
                    "UPDATE ops.merchant_application SET link_hash = $2 WHERE number = $1"
                        + " RETURNING *",
                    number,
                    Buffer.buffer(linkHash)))
        .map(rows -> viewOfShop(rows.iterator().next()));
  }

  /** The application that a link leads to. */
  Future<Optional<Long>> byLink(byte[] linkHash) {
    return sql.run(
            "SELECT number FROM ops.merchant_application WHERE link_hash = $1",
            Buffer.buffer(linkHash))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getLong("number")));
  }

  /** What a shop sees of its own application: nothing of who decides, or of other shops. */
  Future<JsonObject> ofShop(long number) {
    return sql.run("SELECT * FROM ops.merchant_application WHERE number = $1", number)
        .map(rows -> viewOfShop(rows.iterator().next()));
  }

  private static JsonObject viewOfShop(Row row) {
    var state = row.getString("state");
    var view =
        new JsonObject()
            .put("businessNumber", new BusinessNumber(row.getString("business_number")).toString())
            .mergeIn(row.getJsonObject("details"))
            .put("state", state)
            .put(
                "keyWaits",
                state.equals("approved") && row.getOffsetDateTime("key_shown_at") == null)
            .put(
                "appliedAt",
                Json.time(row.getOffsetDateTime("applied_at").toInstant().toEpochMilli()));
    if (!row.getString("reason").isEmpty()) view.put("reason", row.getString("reason"));
    return view;
  }

  static Future<?> checked(SqlConnection connection, long number, String operator) {
    return Sql.run(
        connection,
        "UPDATE ops.merchant_application SET checked_by = $2 WHERE number = $1",
        number,
        operator);
  }

  static Future<?> keyShown(SqlConnection connection, long number) {
    return Sql.run(
        connection,
        "UPDATE ops.merchant_application SET key_shown_at = now() WHERE number = $1",
        number);
  }

  Future<JsonObject> add(
      SqlConnection connection,
      BusinessNumber businessNumber,
      JsonObject details,
      JsonObject contact,
      String operator) {
    return insert(connection, businessNumber, details, contact, operator)
        .compose(number -> view(connection, number, operator));
  }

  /** What an operator sees of one. */
  Future<JsonObject> view(SqlConnection connection, long number, String reader) {
    return Sql.run(connection, SELECT + " WHERE a.number = $1", number)
        .map(rows -> views(rows, reader).getFirst());
  }

  private Future<Long> insert(
      SqlConnection connection,
      BusinessNumber businessNumber,
      JsonObject details,
      JsonObject contact,
      String by) {
    return Sql.run(
            connection,
            "INSERT INTO ops.merchant_application (business_number, details, sealed_contact,"
                + " applied_by) VALUES ($1, $2, $3, $4) RETURNING number",
            businessNumber.digits(),
            details,
            Buffer.buffer(secret.seal(use(businessNumber), contact.toBuffer().getBytes())),
            by)
        .map(rows -> rows.iterator().next().getLong("number"));
  }

  /** Those that wait, or all; newest first, one more than the limit if there are more. */
  Future<List<JsonObject>> list(boolean onlyWaiting, long before, int limit, String reader) {
    return sql.run(
            SELECT
                + " WHERE a.number < $1"
                + (onlyWaiting ? " AND a.state = 'waiting'" : "")
                + " ORDER BY a.number DESC LIMIT $2",
            before,
            limit + 1)
        .map(rows -> views(rows, reader));
  }

  /** One that nobody else decides about until the transaction ends. */
  static Future<Optional<Waiting>> held(SqlConnection connection, long number) {
    return Sql.run(
            connection,
            "SELECT number, details, applied_by, checked_by, state, merchant, key_shown_at"
                + " FROM ops.merchant_application"
                + " WHERE number = $1 FOR UPDATE",
            number)
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              var row = rows.iterator().next();
              return Optional.of(
                  new Waiting(
                      number,
                      row.getJsonObject("details"),
                      row.getString("applied_by"),
                      Optional.ofNullable(row.getString("checked_by")),
                      !row.getString("state").equals("waiting"),
                      Optional.ofNullable(row.getString("merchant")),
                      row.getOffsetDateTime("key_shown_at") != null));
            });
  }

  static Future<?> approved(
      SqlConnection connection, long number, String operator, MerchantId merchant) {
    return Sql.run(
        connection,
        "UPDATE ops.merchant_application SET state = 'approved', decided_by = $2,"
            + " decided_at = now(), merchant = $3 WHERE number = $1",
        number,
        operator,
        merchant.value());
  }

  static Future<?> declined(SqlConnection connection, long number, String operator, String reason) {
    return Sql.run(
        connection,
        "UPDATE ops.merchant_application SET state = 'declined', decided_by = $2,"
            + " decided_at = now(), reason = $3 WHERE number = $1",
        number,
        operator,
        reason);
  }

  private List<JsonObject> views(RowSet<Row> rows, String reader) {
    var views = new ArrayList<JsonObject>();
    rows.forEach(row -> views.add(view(row, reader)));
    return List.copyOf(views);
  }

  private JsonObject view(Row row, String reader) {
    var businessNumber = new BusinessNumber(row.getString("business_number"));
    var contact = secret.open(use(businessNumber), row.getBuffer("sealed_contact").getBytes());
    var view =
        new JsonObject()
            .put("number", row.getLong("number"))
            .put("businessNumber", businessNumber.toString())
            .put("registered", row.getLong("registered"))
            .mergeIn(row.getJsonObject("details"))
            .put("contact", new JsonObject(Buffer.buffer(contact)))
            .put("state", row.getString("state"))
            .put("byShop", row.getString("applied_by").equals(SHOP))
            .put("checked", row.getString("checked_by") != null)
            .put(
                "own",
                row.getString("applied_by").equals(reader)
                    || reader.equals(row.getString("checked_by")))
            .put(
                "appliedAt",
                Json.time(row.getOffsetDateTime("applied_at").toInstant().toEpochMilli()));
    if (!row.getString("reason").isEmpty()) view.put("reason", row.getString("reason"));
    return Json.putIfPresent(view, "merchant", Optional.ofNullable(row.getString("merchant")));
  }

  private static String use(BusinessNumber number) {
    return "contact of business " + number;
  }
}
