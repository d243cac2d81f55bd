package io.madang.gateway.settlement;

import io.madang.gateway.account.Merchant;
import io.madang.gateway.database.Sql;
import io.madang.gateway.event.Event;
import io.madang.gateway.event.EventType;
import io.madang.gateway.event.Notices;
import io.madang.gateway.http.Json;
import io.madang.gateway.secret.MasterSecret;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where merchants are paid. An account is proposed by one operator and confirmed by another; it
 * counts after a waiting time, in which the merchant, who is told of each step, may object.
 */
final class BankAccounts {
  private final Sql sql;
  private final MasterSecret secret;
  private final Notices notices;
  private final Clock clock;

  BankAccounts(Sql sql, MasterSecret secret, Notices notices, Clock clock) {
    this.sql = sql;
    this.secret = secret;
    this.notices = notices;
    this.clock = clock;
  }

  /** Proposes an account; a proposal that nobody has confirmed is withdrawn by it. */
  Future<JsonObject> propose(Merchant merchant, BankAccount account, String operator) {
    var id = merchant.id().value();
    var sealed = secret.seal(use(id), account.number().getBytes(StandardCharsets.US_ASCII));
    return sql.transaction(
            connection ->
                Sql.run(
                        connection,
                        "DELETE FROM ops.bank_account WHERE merchant = $1 AND confirmed_by IS NULL"
                            + " AND objected_millis IS NULL",
                        id)
                    .compose(
                        _ ->
                            Sql.run(
                                connection,
                                "INSERT INTO ops.bank_account (merchant, bank, sealed_number,"
                                    + " last_digits, holder, proposed_by) VALUES ($1, $2, $3, $4,"
                                    + " $5, $6) RETURNING *",
                                id,
                                account.bank(),
                                Buffer.buffer(sealed),
                                account.number().substring(account.number().length() - 3),
                                account.holder(),
                                operator))
                    .compose(
                        rows ->
                            tell(connection, EventType.ACCOUNT_PROPOSED, rows.iterator().next())))
        .onSuccess(_ -> notices.committed(List.of(merchant.id())));
  }

  /** Tells the merchant whose account a row is about. */
  private Future<JsonObject> tell(SqlConnection connection, EventType type, Row row) {
    var merchant = new MerchantId(row.getString("merchant"));
    var event =
        Event.about(merchant, type, row.getLong("number").toString(), clock.millis(), view(row));
    return notices.post(connection, List.of(event)).map(_ -> view(row));
  }

  /**
   * Confirms the proposal, which may not be one's own.
   *
   * @return empty when there is no proposal of somebody else
   */
  Future<Optional<JsonObject>> confirm(Merchant merchant, String operator, long effectiveMillis) {
    return sql.transaction(
            connection ->
                Sql.run(
                        connection,
                        "UPDATE ops.bank_account SET confirmed_by = $2, effective_millis = $3"
                            + " WHERE merchant = $1 AND confirmed_by IS NULL"
                            + " AND objected_millis IS NULL AND proposed_by <> $2 RETURNING *",
                        merchant.id().value(),
                        operator,
                        effectiveMillis)
                    .compose(
                        rows ->
                            rows.size() == 0
                                ? Future.succeededFuture(Optional.<JsonObject>empty())
                                : tell(
                                        connection,
                                        EventType.ACCOUNT_CONFIRMED,
                                        rows.iterator().next())
                                    .map(Optional::of)))
        .onSuccess(_ -> notices.committed(List.of(merchant.id())));
  }

  /**
   * The merchant's owner objects to a change that does not count yet: it never will, and operators
   * have to look into it.
   *
   * @param key of the owner
   * @return empty when nothing waits to count
   */
  Future<Optional<JsonObject>> object(MerchantId merchant, String key) {
    return sql.transaction(
            connection ->
                Sql.run(
                        connection,
                        "UPDATE ops.bank_account SET objected_by = $2, objected_millis = $3"
                            + " WHERE merchant = $1 AND objected_millis IS NULL"
                            + " AND (effective_millis IS NULL OR effective_millis > $3)"
                            + " RETURNING *",
                        merchant.value(),
                        key,
                        clock.millis())
                    .compose(
                        rows -> {
                          Future<Optional<JsonObject>> told =
                              Future.succeededFuture(Optional.empty());
                          for (var row : rows) {
                            told =
                                told.compose(
                                        _ ->
                                            WorkList.add(
                                                connection,
                                                "ACCOUNT_OBJECTED",
                                                merchant + " " + row.getLong("number")))
                                    .compose(_ -> tell(connection, EventType.ACCOUNT_OBJECTED, row))
                                    .map(Optional::of);
                          }
                          return told;
                        }))
        .onSuccess(_ -> notices.committed(List.of(merchant)));
  }

  /** Tells merchants of accounts that count by now, each once. */
  Future<?> tellInForce() {
    var told = new ArrayList<MerchantId>();
    return sql.transaction(
            connection ->
                Sql.run(
                        connection,
                        "UPDATE ops.bank_account SET in_force_told = true WHERE NOT in_force_told"
                            + " AND effective_millis <= $1 AND objected_millis IS NULL"
                            + " RETURNING *",
                        clock.millis())
                    .compose(
                        rows -> {
                          var events = new ArrayList<Event>();
                          for (var row : rows) {
                            var merchant = new MerchantId(row.getString("merchant"));
                            told.add(merchant);
                            events.add(
                                Event.about(
                                    merchant,
                                    EventType.ACCOUNT_IN_FORCE,
                                    row.getLong("number").toString(),
                                    row.getLong("effective_millis"),
                                    view(row)));
                          }
                          return notices.post(connection, events).mapEmpty();
                        }))
        .onSuccess(_ -> notices.committed(told));
  }

  /** Whether a merchant was ever paid anywhere. */
  Future<Boolean> hasAny(MerchantId merchant) {
    return sql.run(
            "SELECT FROM ops.bank_account WHERE merchant = $1 AND confirmed_by IS NOT NULL"
                + " AND objected_millis IS NULL LIMIT 1",
            merchant.value())
        .map(rows -> rows.size() > 0);
  }

  /**
   * A merchant's accounts, newest first.
   *
   * @param reader whoever asks: an operator is told which proposal is not their own to confirm
   */
  Future<List<JsonObject>> of(MerchantId merchant, String reader) {
    return sql.run(
            "SELECT * FROM ops.bank_account WHERE merchant = $1 ORDER BY number DESC LIMIT 20",
            merchant.value())
        .map(
            rows -> {
              var views = new ArrayList<JsonObject>();
              rows.forEach(
                  row ->
                      views.add(view(row).put("own", row.getString("proposed_by").equals(reader))));
              return List.copyOf(views);
            });
  }

  /** The entry that counts at a time, by merchant. */
  Future<Map<MerchantId, Long>> effective(long atMillis) {
    return sql.run(
            "SELECT DISTINCT ON (merchant) merchant, number FROM ops.bank_account"
                + " WHERE effective_millis <= $1 AND objected_millis IS NULL"
                + " ORDER BY merchant, number DESC",
            atMillis)
        .map(
            rows -> {
              var numbers = new HashMap<MerchantId, Long>();
              rows.forEach(
                  row ->
                      numbers.put(
                          new MerchantId(row.getString("merchant")), row.getLong("number")));
              return Map.copyOf(numbers);
            });
  }

  /** The accounts of these entries. */
  Future<Map<Long, BankAccount>> byNumber(List<Long> numbers) {
    return sql.run(
            "SELECT number, merchant, bank, sealed_number, holder FROM ops.bank_account"
                + " WHERE number = ANY($1)",
            (Object) numbers.toArray(Long[]::new))
        .map(
            rows -> {
              var accounts = new HashMap<Long, BankAccount>();
              rows.forEach(row -> accounts.put(row.getLong("number"), open(row)));
              return Map.copyOf(accounts);
            });
  }

  private BankAccount open(Row row) {
    var number =
        secret.open(use(row.getString("merchant")), row.getBuffer("sealed_number").getBytes());
    return new BankAccount(
        row.getString("bank"),
        new String(number, StandardCharsets.US_ASCII),
        row.getString("holder"));
  }

  private static JsonObject view(Row row) {
    var effective = Optional.ofNullable(row.getLong("effective_millis"));
    var view =
        new JsonObject()
            .put("bank", row.getString("bank"))
            .put("number", "…" + row.getString("last_digits"))
            .put("holder", row.getString("holder"))
            .put("status", status(row, effective.isPresent()));
    return Json.putIfPresent(view, "effectiveAt", effective.map(Json::time));
  }

  private static String status(Row row, boolean isConfirmed) {
    if (row.getLong("objected_millis") != null) return "objected";
    return isConfirmed ? "confirmed" : "proposed";
  }

  private static String use(String merchant) {
    return "bank account of merchant " + merchant;
  }
}
