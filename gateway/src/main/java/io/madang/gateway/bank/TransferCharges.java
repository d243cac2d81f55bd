package io.madang.gateway.bank;

import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Json;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Grant;
import io.madang.ledger.ProgrammeCode;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.reconciliation.PayInReference;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Charges that are paid by a bank transfer with a reference. Nobody asks a bank about them: the
 * bank's files tell when the money has come, and people sign for the coins.
 */
public final class TransferCharges {
  private static final int RANDOM_BYTES = 8;

  private final Sql sql;
  private final Optional<BankAccount> account;

  /**
   * Charges that are paid into this account.
   *
   * @param account absent: nothing is charged by transfer
   */
  public TransferCharges(Sql sql, Optional<BankAccount> account) {
    this.sql = sql;
    this.account = account;
  }

  /** Whether anything is charged by transfer here. */
  boolean isOpen() {
    return account.isPresent();
  }

  /**
   * Makes a new charge one by transfer, and says where to pay in. The reference has 35 bits of
   * chance; should it be another charge's, the transaction fails and the wish may come again.
   */
  Future<JsonObject> open(SqlConnection connection, JsonObject charge) {
    var reference = PayInReference.of(ByteBuffer.wrap(MasterSecret.random(RANDOM_BYTES)).getLong());
    return Sql.run(
            connection,
            "UPDATE ops.charge SET payin_reference = $2 WHERE id = $1",
            charge.getString("id"),
            reference)
        .map(_ -> withPayIn(charge, reference, /* seen= */ false));
  }

  /**
   * Adds to a charge's view where to pay in and whether the money was seen, if it is by transfer.
   */
  Future<JsonObject> completed(JsonObject charge) {
    return sql.run(
            "SELECT payin_reference, EXISTS (SELECT FROM ops.issue WHERE charge = c.id"
                + " AND state IN ('waiting', 'signed', 'recorded')) AS seen"
                + " FROM ops.charge AS c WHERE id = $1 AND payin_reference IS NOT NULL",
            charge.getString("id"))
        .map(
            rows -> {
              for (var row : rows) {
                return withPayIn(charge, row.getString("payin_reference"), row.getBoolean("seen"));
              }
              return charge;
            });
  }

  private JsonObject withPayIn(JsonObject charge, String reference, boolean seen) {
    charge.put("deposit", seen ? "seen" : "awaited");
    account.ifPresent(
        to ->
            charge.put(
                "payIn",
                new JsonObject()
                    .put("bank", to.bank())
                    .put("number", to.number())
                    .put("holder", to.holder())
                    .put("reference", PayInReference.shown(reference))
                    .put("amount", charge.getLong("amount"))));
    return charge;
  }

  /**
   * A charge that waits for its money.
   *
   * @param amount what is paid in, and so the coins that are issued for it
   * @param bonus what a programme is to add to them
   */
  public record Waiting(
      String id,
      String reference,
      AccountId account,
      Amount amount,
      Optional<Grant> bonus,
      long createdMillis) {
    /** What operators see of it. */
    public JsonObject view() {
      var view =
          new JsonObject()
              .put("reference", PayInReference.shown(reference))
              .put("account", account.toString())
              .put("asset", amount.asset().value())
              .put("amount", amount.minorUnits())
              .put("createdAt", Json.time(createdMillis));
      bonus.ifPresent(
          grant ->
              view.put(
                  "bonus",
                  new JsonObject()
                      .put("amount", grant.amount())
                      .put("programme", grant.programme().value())));
      return view;
    }
  }

  private static final String WAITING =
      "SELECT id, payin_reference, account, asset, amount, created_at, bonus_programme,"
          + " bonus_amount FROM ops.charge AS c WHERE state = 'asked' AND payin_reference IS NOT NULL"
          + " AND NOT EXISTS (SELECT FROM ops.issue WHERE charge = c.id"
          + " AND state IN ('waiting', 'signed', 'recorded'))";

  /** The charges with one of these references that no deposit was found for yet; locked. */
  public static Future<List<Waiting>> byReference(
      SqlConnection connection, Collection<String> references) {
    if (references.isEmpty()) return Future.succeededFuture(List.of());
    return Sql.run(
            connection,
            WAITING + " AND payin_reference = ANY($1) FOR UPDATE",
            (Object) references.toArray(String[]::new))
        .map(TransferCharges::read);
  }

  /** The newest charges of one of these amounts that no deposit was found for yet. */
  public Future<List<Waiting>> ofAmounts(Collection<Long> amounts, int limit) {
    if (amounts.isEmpty()) return Future.succeededFuture(List.of());
    return sql.run(
            WAITING + " AND amount = ANY($1) ORDER BY created_at DESC LIMIT $2",
            amounts.toArray(Long[]::new),
            limit)
        .map(TransferCharges::read);
  }

  private static List<Waiting> read(RowSet<Row> rows) {
    var found = new ArrayList<Waiting>();
    for (var row : rows) {
      found.add(
          new Waiting(
              row.getString("id"),
              row.getString("payin_reference"),
              Columns.account(row, "account"),
              new Amount(row.getLong("amount"), new AssetCode(row.getString("asset"))),
              Optional.ofNullable(row.getString("bonus_programme"))
                  .map(code -> new Grant(new ProgrammeCode(code), row.getLong("bonus_amount"))),
              row.getOffsetDateTime("created_at").toInstant().toEpochMilli()));
    }
    return List.copyOf(found);
  }

  /**
   * Another amount came in than was asked for, and people took it: so much is brought, no bonus.
   */
  public static Future<?> brings(SqlConnection connection, String id, long amount) {
    return Sql.run(
        connection,
        "UPDATE ops.charge SET amount = $2, bonus_programme = NULL, bonus_amount = NULL"
            + " WHERE id = $1 AND state = 'asked' AND amount <> $2",
        id,
        amount);
  }

  /** The coins are there. */
  public static Future<?> confirmed(
      SqlConnection connection, String id, String statement, Buffer hash) {
    return Sql.run(
        connection,
        "UPDATE ops.charge SET state = 'confirmed', statement = $2, hash = $3"
            + " WHERE id = $1 AND state = 'asked'",
        id,
        statement,
        hash);
  }
}
