package io.madang.gateway.issuance;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.gateway.bank.TransferCharges;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.issuance.Issue.Kind;
import io.madang.gateway.issuance.Issue.State;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Grant;
import io.madang.ledger.ProgrammeCode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Proposed issues and redemptions in the database. */
final class IssueStore {
  private static final String COLUMNS =
      "number, id, kind, account, asset, amount, bonus_programme, bonus_amount, deposit, charge,"
          + " reason, proposed_by, proposed_at, state, approvals, statement, hash, refusal";

  private final Sql sql;

  IssueStore(Sql sql) {
    this.sql = sql;
  }

  /** What is written down of a new proposal. */
  record Proposal(
      String id,
      Kind kind,
      AccountId account,
      Amount amount,
      Optional<Grant> bonus,
      Optional<String> deposit,
      Optional<String> charge,
      String reason,
      Optional<String> proposedBy) {}

  /**
   * Writes a proposal down. A deposit that was proposed before, and withdrawn or refused, begins
   * anew under the same id; one that is under way stays as it is.
   *
   * @return empty when it is under way, or done
   */
  static Future<Optional<Issue>> propose(SqlConnection connection, Proposal proposal) {
    return Sql.run(
            connection,
            "INSERT INTO ops.issue AS old (id, kind, account, asset, amount, bonus_programme,"
                + " bonus_amount, deposit, charge, reason, proposed_by, state)"
                + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting')"
                + " ON CONFLICT (id) DO UPDATE SET account = excluded.account,"
                + " asset = excluded.asset, amount = excluded.amount,"
                + " bonus_programme = excluded.bonus_programme,"
                + " bonus_amount = excluded.bonus_amount, charge = excluded.charge,"
                + " reason = excluded.reason, proposed_by = excluded.proposed_by,"
                + " proposed_at = now(), state = 'waiting', approvals = '{}', statement = NULL,"
                + " refusal = NULL WHERE old.state IN ('refused', 'withdrawn') RETURNING "
                + COLUMNS,
            proposal.id(),
            proposal.kind().text(),
            Columns.of(proposal.account()),
            proposal.amount().asset().value(),
            proposal.amount().minorUnits(),
            proposal.bonus().map(grant -> grant.programme().value()).orElse(null),
            proposal.bonus().map(Grant::amount).orElse(null),
            proposal.deposit().orElse(null),
            proposal.charge().orElse(null),
            proposal.reason(),
            proposal.proposedBy().orElse(null))
        .map(rows -> read(rows).stream().findFirst());
  }

  /** Issues by number, newest first, one more than the limit if there are more. */
  Future<List<Issue>> list(boolean openOnly, long beforeNumber, int limit) {
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.issue WHERE number < $1"
                + (openOnly ? " AND state IN ('waiting', 'signed', 'refused')" : "")
                + " ORDER BY number DESC LIMIT $2",
            beforeNumber,
            limit + 1)
        .map(IssueStore::read);
  }

  /** The issue of this number, locked. */
  static Future<Optional<Issue>> held(SqlConnection connection, long number) {
    return Sql.run(
            connection,
            "SELECT " + COLUMNS + " FROM ops.issue WHERE number = $1 FOR UPDATE",
            number)
        .map(rows -> read(rows).stream().findFirst());
  }

  /** The issue of this id, locked. */
  static Future<Optional<Issue>> held(SqlConnection connection, String id) {
    return Sql.run(connection, "SELECT " + COLUMNS + " FROM ops.issue WHERE id = $1 FOR UPDATE", id)
        .map(rows -> read(rows).stream().findFirst());
  }

  /** One more approval of an issue that is {@linkplain #held held} and waits. */
  static Future<?> approve(SqlConnection connection, Issue issue, String statement) {
    return Sql.run(
        connection,
        "UPDATE ops.issue SET approvals = array_append(approvals, $2)"
            + " WHERE id = $1 AND state = 'waiting'",
        issue.id(),
        statement);
  }

  /** The transaction, signed by enough; kept before anybody submits it. */
  static Future<?> sign(SqlConnection connection, Issue issue, String statement) {
    return Sql.run(
        connection,
        "UPDATE ops.issue SET state = 'signed', statement = $2 WHERE id = $1 AND state = 'waiting'",
        issue.id(),
        statement);
  }

  /** Its words can no longer take effect, and did not: everybody signs again. */
  static Future<?> unsign(SqlConnection connection, Issue issue) {
    return Sql.run(
        connection,
        "UPDATE ops.issue SET state = 'waiting', statement = NULL, approvals = '{}'"
            + " WHERE id = $1 AND state = 'signed' AND statement = $2",
        issue.id(),
        issue.statement().orElseThrow());
  }

  /** Issues that enough have signed and of which the chain has not said anything yet. */
  Future<List<Issue>> signed(long afterNumber, int limit) {
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.issue WHERE state = 'signed' AND number > $1 ORDER BY number LIMIT $2",
            afterNumber,
            limit)
        .map(IssueStore::read);
  }

  /** It stands on the chain: its deposit and its charge know that in the same step. */
  static Future<?> recorded(SqlConnection connection, Issue issue, Position position, Hash hash) {
    Future<?> stored =
        Sql.run(
            connection,
            "UPDATE ops.issue SET state = 'recorded', height = $2, index_in_block = $3, hash = $4"
                + " WHERE id = $1 AND state = 'signed'",
            issue.id(),
            position.height(),
            position.index(),
            Columns.of(hash));
    if (issue.deposit().isPresent()) {
      var deposit = issue.deposit().get();
      stored =
          stored.compose(
              _ ->
                  Sql.run(
                      connection,
                      "UPDATE ops.deposit SET issued_height = $2 WHERE id = $1",
                      deposit,
                      position.height()));
    }
    if (issue.charge().isPresent()) {
      var charge = issue.charge().get();
      stored =
          stored.compose(
              _ ->
                  TransferCharges.confirmed(
                      connection, charge, issue.statement().orElseThrow(), Columns.of(hash)));
    }
    return stored;
  }

  static Future<?> refused(SqlConnection connection, Issue issue, String refusal) {
    return Sql.run(
        connection,
        "UPDATE ops.issue SET state = 'refused', refusal = $2 WHERE id = $1 AND state = 'signed'",
        issue.id(),
        refusal);
  }

  static Future<?> withdrawn(SqlConnection connection, Issue issue, String operator, String note) {
    return Sql.run(
        connection,
        "UPDATE ops.issue SET state = 'withdrawn', approvals = '{}', statement = NULL,"
            + " proposed_by = $2, reason = $3 WHERE id = $1 AND state IN ('waiting', 'refused')",
        issue.id(),
        operator,
        note);
  }

  /**
   * Where the chain has a bank reference; an account, an amount and a place. Asked only when the
   * chain says that it has it and we do not know of it.
   */
  record Taken(AccountId account, Amount amount, Position position, Hash hash) {}

  Future<Optional<Taken>> taken(Issue issue) {
    return sql.run(
            "SELECT coalesce(payee, payer) AS account, asset, amount, height, index_in_block, hash"
                + " FROM ops.movement WHERE kind = $1 AND reference = $2 AND asset = $3 LIMIT 1",
            issue.kind().text(),
            issue.id(),
            issue.amount().asset().value())
        .map(
            rows -> {
              for (var row : rows) {
                return Optional.of(
                    new Taken(
                        Columns.account(row, "account"),
                        new Amount(row.getLong("amount"), new AssetCode(row.getString("asset"))),
                        new Position(row.getLong("height"), row.getInteger("index_in_block")),
                        Columns.hash(row, "hash")));
              }
              return Optional.empty();
            });
  }

  private static List<Issue> read(RowSet<Row> rows) {
    var issues = new ArrayList<Issue>();
    rows.forEach(row -> issues.add(read(row)));
    return List.copyOf(issues);
  }

  private static Issue read(Row row) {
    return new Issue(
        row.getLong("number"),
        row.getString("id"),
        Kind.parse(row.getString("kind")),
        Columns.account(row, "account"),
        new Amount(row.getLong("amount"), new AssetCode(row.getString("asset"))),
        Optional.ofNullable(row.getString("bonus_programme"))
            .map(code -> new Grant(new ProgrammeCode(code), row.getLong("bonus_amount"))),
        Optional.ofNullable(row.getString("deposit")),
        Optional.ofNullable(row.getString("charge")),
        row.getString("reason"),
        Optional.ofNullable(row.getString("proposed_by")),
        row.getOffsetDateTime("proposed_at").toInstant().toEpochMilli(),
        State.parse(row.getString("state")),
        Arrays.asList(row.getArrayOfStrings("approvals")),
        Optional.ofNullable(row.getString("statement")),
        Optional.ofNullable(row.getBuffer("hash")).map(_ -> Columns.hash(row, "hash").toString()),
        Optional.ofNullable(row.getString("refusal")));
  }
}
