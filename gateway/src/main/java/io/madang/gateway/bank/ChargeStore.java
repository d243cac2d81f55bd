package io.madang.gateway.bank;

import io.madang.gateway.bank.Charge.State;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Grant;
import io.madang.ledger.ProgrammeCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Charges in the database. A state only ever moves forward. */
final class ChargeStore {
  private static final String COLUMNS =
      "id, account, asset, amount, bank_reference, state, statement, hash, reason, created_at,"
          + " bonus_programme, bonus_amount";

  private final Sql sql;

  ChargeStore(Sql sql) {
    this.sql = sql;
  }

  Future<Charge> insert(SqlConnection connection, String id, Bank.Deposit deposit) {
    return Sql.run(
            connection,
            "INSERT INTO ops.charge (id, account, asset, amount, bank_reference, state,"
                + " bonus_programme, bonus_amount)"
                + " VALUES ($1, $2, $3, $4, $5, 'asked', $6, $7) RETURNING "
                + COLUMNS,
            id,
            Columns.of(deposit.account()),
            deposit.amount().asset().value(),
            deposit.amount().minorUnits(),
            deposit.reference(),
            deposit.bonus().map(bonus -> bonus.programme().value()).orElse(null),
            deposit.bonus().map(Grant::amount).orElse(null))
        .map(rows -> read(rows.iterator().next()));
  }

  Future<Optional<Charge>> byId(String id) {
    return sql.run("SELECT " + COLUMNS + " FROM ops.charge WHERE id = $1", id)
        .map(rows -> all(rows).stream().findFirst());
  }

  /** Charges that are neither confirmed nor failed nor by transfer, oldest first. */
  Future<List<Charge>> unfinished(int limit) {
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.charge WHERE state IN ('asked', 'signed') AND payin_reference IS NULL"
                + " ORDER BY created_at LIMIT $1",
            limit)
        .map(ChargeStore::all);
  }

  /** Writes the approvers' words down; those that stand there already stay. */
  Future<Charge> signed(String id, String statement) {
    return moved(
        id,
        "UPDATE ops.charge SET state = 'signed', statement = $2"
            + " WHERE id = $1 AND state = 'asked'",
        statement);
  }

  /** The words could no longer take effect and did not: new ones have to be signed. */
  Future<Charge> askedAgain(String id, String statement) {
    return moved(
        id,
        "UPDATE ops.charge SET state = 'asked', statement = NULL"
            + " WHERE id = $1 AND state = 'signed' AND statement = $2",
        statement);
  }

  Future<Charge> confirmed(String id, Buffer hash) {
    return moved(
        id,
        "UPDATE ops.charge SET state = 'confirmed', hash = $2 WHERE id = $1 AND state = 'signed'",
        hash);
  }

  Future<Charge> failed(String id, String reason) {
    return moved(
        id,
        "UPDATE ops.charge SET state = 'failed', reason = $2"
            + " WHERE id = $1 AND state IN ('asked', 'signed')",
        reason);
  }

  private Future<Charge> moved(String id, String update, Object value) {
    return sql.run(update, id, value).compose(_ -> byId(id)).map(Optional::orElseThrow);
  }

  private static List<Charge> all(RowSet<Row> rows) {
    var charges = new ArrayList<Charge>();
    rows.forEach(row -> charges.add(read(row)));
    return List.copyOf(charges);
  }

  private static Charge read(Row row) {
    return new Charge(
        row.getString("id"),
        new Bank.Deposit(
            row.getString("bank_reference"),
            Columns.account(row, "account"),
            new Amount(row.getLong("amount"), new AssetCode(row.getString("asset"))),
            Optional.ofNullable(row.getString("bonus_programme"))
                .map(code -> new Grant(new ProgrammeCode(code), row.getLong("bonus_amount")))),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString("statement")),
        Optional.ofNullable(row.getBuffer("hash"))
            .map(hash -> io.madang.chain.Hash.of(hash.getBytes()).toString()),
        Optional.ofNullable(row.getString("reason")),
        row.getOffsetDateTime("created_at").toInstant().toEpochMilli());
  }
}
