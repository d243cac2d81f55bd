package io.madang.gateway.issuance;

import io.madang.gateway.bank.TransferCharges;
import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Json;
import io.madang.gateway.issuance.Issue.Kind;
import io.madang.gateway.issuance.IssueStore.Proposal;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.settlement.Deposits;
import io.madang.gateway.settlement.WorkList;
import io.madang.ledger.Amount;
import io.madang.payment.reconciliation.Deposit;
import io.madang.payment.reconciliation.PayInReference;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The money that came in. Whoever paid, and what they wrote, is sealed. A deposit is matched to the
 * one charge whose reference stands in its text and whose amount it has; everything else is for
 * people.
 */
public final class DepositStore implements Deposits {
  /** In the work list: a deposit that belongs to no charge. */
  static final String UNMATCHED = "UNMATCHED_DEPOSIT";

  private static final String DIFFERS = "DEPOSIT_DIFFERS";
  private static final String COLUMNS =
      "number, id, entry, won, booked_on, sealed_payer, state, note, issued_height, found_at";

  private final Sql sql;
  private final MasterSecret secret;

  /** Deposits in this database. */
  public DepositStore(Sql sql, MasterSecret secret) {
    this.sql = sql;
    this.secret = secret;
  }

  /** How far a deposit is; the names stand in the table. */
  enum State {
    NEW,
    UNMATCHED,
    /** There is, or was, an issue for it. */
    MATCHED,
    TO_RETURN,
    RETURNED;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static State parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    boolean isUndecided() {
      return this == NEW || this == UNMATCHED;
    }
  }

  /** A deposit as it stands here. */
  record Kept(
      long number, Deposit deposit, State state, String note, boolean isIssued, long foundMillis) {
    JsonObject view() {
      return new JsonObject()
          .put("number", number)
          .put("id", deposit.id())
          .put("entry", deposit.entry())
          .put("amount", deposit.won())
          .put("bookedOn", deposit.bookedOn().toString())
          .put("payer", deposit.payer())
          .put("text", deposit.text())
          .put("state", isIssued ? "issued" : state.text())
          .put("note", note)
          .put("foundAt", Json.time(foundMillis));
    }
  }

  @Override
  public Future<?> received(SqlConnection connection, List<Deposit> deposits) {
    Future<?> stored = Future.succeededFuture();
    for (var one : deposits) {
      stored = stored.compose(_ -> received(connection, one));
    }
    return stored;
  }

  private Future<?> received(SqlConnection connection, Deposit deposit) {
    return Sql.run(
            connection,
            "INSERT INTO ops.deposit (id, entry, won, booked_on, sealed_payer, state)"
                + " VALUES ($1, $2, $3, $4, $5, 'new') ON CONFLICT (id) DO NOTHING",
            deposit.id(),
            clean(deposit.entry()),
            deposit.won(),
            deposit.bookedOn(),
            seal(deposit))
        .compose(
            made ->
                made.rowCount() == 1
                    ? Future.succeededFuture()
                    : Sql.run(connection, "SELECT won FROM ops.deposit WHERE id = $1", deposit.id())
                        .compose(
                            rows ->
                                rows.iterator().next().getLong("won") == deposit.won()
                                    ? Future.succeededFuture()
                                    : WorkList.add(connection, DIFFERS, clean(deposit.entry()))));
  }

  /** PostgreSQL takes no zero in a text. */
  private static String clean(String text) {
    return text.replace('\0', ' ');
  }

  private Buffer seal(Deposit deposit) {
    var words = new JsonObject().put("payer", deposit.payer()).put("text", deposit.text()).encode();
    return Buffer.buffer(secret.seal(use(deposit.id()), words.getBytes(StandardCharsets.UTF_8)));
  }

  private static String use(String id) {
    return "deposit " + id;
  }

  /**
   * Matches deposits that nobody has looked at, oldest first, in one transaction.
   *
   * @return how many there were
   */
  Future<Integer> match(int limit) {
    return sql.longTransaction(
        30,
        connection ->
            Sql.run(
                    connection,
                    "SELECT "
                        + COLUMNS
                        + " FROM ops.deposit WHERE state = 'new' ORDER BY number LIMIT $1"
                        + " FOR UPDATE",
                    limit)
                .compose(
                    rows -> {
                      var found = read(rows);
                      Future<?> matched = Future.succeededFuture();
                      for (var one : found) {
                        matched = matched.compose(_ -> match(connection, one.deposit()));
                      }
                      return matched.map(found.size());
                    }));
  }

  private static Future<?> match(SqlConnection connection, Deposit deposit) {
    return TransferCharges.byReference(connection, PayInReference.in(deposit.text()))
        .<Object>compose(
            charges -> {
              if (charges.size() != 1
                  || charges.getFirst().amount().minorUnits() != deposit.won()) {
                return moved(connection, deposit.id(), State.UNMATCHED, Optional.empty(), "")
                    .compose(_ -> WorkList.add(connection, UNMATCHED, deposit.id()))
                    .mapEmpty();
              }
              return propose(
                      connection, deposit, charges.getFirst(), Optional.empty(), /* reason= */ "")
                  .map(Object.class::cast);
            });
  }

  /** Proposes coins for a deposit to whoever made a charge. */
  static Future<Issue> propose(
      SqlConnection connection,
      Deposit deposit,
      TransferCharges.Waiting charge,
      Optional<String> operator,
      String reason) {
    boolean isExact = charge.amount().minorUnits() == deposit.won();
    var proposal =
        new Proposal(
            deposit.id(),
            Kind.ISSUE,
            charge.account(),
            new Amount(deposit.won(), charge.amount().asset()),
            isExact ? charge.bonus() : Optional.empty(),
            Optional.of(deposit.id()),
            Optional.of(charge.id()),
            reason,
            operator);
    return TransferCharges.brings(connection, charge.id(), deposit.won())
        .compose(_ -> proposed(connection, proposal, operator, reason));
  }

  /** Proposes coins for a deposit. */
  static Future<Issue> proposed(
      SqlConnection connection, Proposal proposal, Optional<String> operator, String reason) {
    var id = proposal.deposit().orElseThrow();
    return moved(connection, id, State.MATCHED, operator, reason)
        .compose(_ -> IssueStore.propose(connection, proposal))
        .map(Optional::orElseThrow);
  }

  /** The deposit of this number, locked. */
  Future<Optional<Kept>> held(SqlConnection connection, long number) {
    return Sql.run(
            connection,
            "SELECT " + COLUMNS + " FROM ops.deposit WHERE number = $1 FOR UPDATE",
            number)
        .map(rows -> read(rows).stream().findFirst());
  }

  /** Moves a deposit on; its item in the work list ends when somebody has decided. */
  static Future<?> moved(
      SqlConnection connection, String id, State state, Optional<String> operator, String note) {
    var stored =
        Sql.run(
            connection,
            "UPDATE ops.deposit SET state = $2, decided_by = $3, note = $4 WHERE id = $1",
            id,
            state.text(),
            operator.orElse(null),
            note);
    return operator.isEmpty()
        ? stored
        : stored.compose(_ -> WorkList.ended(connection, UNMATCHED, id, operator.get(), note));
  }

  /** Deposits by number, newest first, one more than the limit if there are more. */
  Future<List<Kept>> list(boolean openOnly, long beforeNumber, int limit) {
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.deposit WHERE number < $1"
                + (openOnly ? " AND issued_height IS NULL AND state <> 'returned'" : "")
                + " ORDER BY number DESC LIMIT $2",
            beforeNumber,
            limit + 1)
        .map(this::read);
  }

  /** These deposits, by id. */
  Future<List<Kept>> byIds(List<String> ids) {
    return sql.run(
            "SELECT " + COLUMNS + " FROM ops.deposit WHERE id = ANY($1)",
            (Object) ids.toArray(String[]::new))
        .map(this::read);
  }

  /** How many deposits have brought no coins and were not sent back, and how many won. */
  Future<JsonObject> open() {
    return sql.run(
            "SELECT count(*) AS count, coalesce(sum(won), 0)::bigint AS won FROM ops.deposit"
                + " WHERE issued_height IS NULL AND state <> 'returned'")
        .map(
            rows -> {
              var row = rows.iterator().next();
              return new JsonObject()
                  .put("count", row.getLong("count"))
                  .put("amount", row.getLong("won"));
            });
  }

  private List<Kept> read(RowSet<Row> rows) {
    var found = new ArrayList<Kept>();
    rows.forEach(row -> found.add(read(row)));
    return List.copyOf(found);
  }

  private Kept read(Row row) {
    var id = row.getString("id");
    var words =
        new JsonObject(
            new String(
                secret.open(use(id), row.getBuffer("sealed_payer").getBytes()),
                StandardCharsets.UTF_8));
    LocalDate bookedOn = row.getLocalDate("booked_on");
    return new Kept(
        row.getLong("number"),
        new Deposit(
            id,
            row.getString("entry"),
            row.getLong("won"),
            bookedOn,
            words.getString("payer"),
            words.getString("text")),
        State.parse(row.getString("state")),
        row.getString("note"),
        row.getLong("issued_height") != null,
        row.getOffsetDateTime("found_at").toInstant().toEpochMilli());
  }
}
