package io.madang.gateway.programme;

import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import io.madang.gateway.account.Movement;
import io.madang.gateway.account.Projection;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.engine.RecordedTransaction;
import io.madang.gateway.http.Json;
import io.madang.ledger.Account;
import io.madang.ledger.AccountId;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The history of rules, attributes and programmes, from the chain's records: what was set, when, by
 * whose signatures, and in which block.
 */
public final class RuleRecords implements Projection.Reader {
  private static final Set<String> PURPOSES =
      Set.of("asset.rules", "asset.sweep", "account.attributes", "programme.set");

  private final Sql sql;
  private final Engine<Ledger> engine;

  /** The history of this engine's chain. */
  public RuleRecords(Sql sql, Engine<Ledger> engine) {
    this.sql = sql;
    this.engine = engine;
  }

  @Override
  public Future<?> read(
      SqlConnection connection, List<RecordedBlock> blocks, List<Movement> movements) {
    Future<?> stored = Future.succeededFuture();
    for (var block : blocks) {
      for (var transaction : block.transactions()) {
        if (transaction.result().code() == 0
            && PURPOSES.contains(transaction.statement().payload().purpose())) {
          stored = stored.compose(_ -> store(connection, transaction));
        }
      }
    }
    return stored;
  }

  private Future<?> store(SqlConnection connection, RecordedTransaction transaction) {
    var payload = transaction.statement().payload();
    var approvals = approvals(payload.operation());
    return engine
        .ask(ledger -> accounts(ledger, transaction.statement(), approvals))
        .compose(
            accounts ->
                Sql.run(
                    connection,
                    "INSERT INTO ops.rule_record (height, index, time_millis, hash, purpose, about,"
                        + " signer, approvers, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
                        + " ON CONFLICT DO NOTHING",
                    transaction.position().height(),
                    transaction.position().index(),
                    transaction.timeMillis(),
                    Columns.of(transaction.hash()),
                    payload.purpose(),
                    about(payload.purpose(), payload.operation()),
                    Columns.of(accounts.getFirst()),
                    new io.vertx.core.json.JsonArray(
                        accounts.stream().skip(1).map(AccountId::toString).toList()),
                    Json.of(without(payload.operation(), "approvals"))));
  }

  /** What words of a purpose are about: an asset, a programme or an account. */
  static String about(String purpose, JsonObject words) {
    return switch (purpose) {
      case "programme.set" -> text(words, "code");
      case "account.attributes" -> text(words, "account");
      default -> text(words, "asset");
    };
  }

  private static String text(JsonObject words, String name) {
    return ((JsonText) words.get(name).orElseThrow()).value();
  }

  private static List<Statement> approvals(JsonObject operation) {
    var found = new ArrayList<Statement>();
    Optional<JsonValue> all = operation.get("approvals");
    if (all.isPresent() && all.get() instanceof JsonArray array) {
      for (var item : array.values()) {
        if (item instanceof JsonText(var text)
            && StatementReader.read(text) instanceof StatementReading.Read(var statement)) {
          found.add(statement);
        }
      }
    }
    return found;
  }

  private static JsonObject without(JsonObject object, String name) {
    var rest = JsonObject.builder();
    object
        .members()
        .forEach(
            (member, value) -> {
              if (!member.equals(name)) rest.put(member, value);
            });
    return rest.build();
  }

  /** The signer's account and those of the approvals. A key belongs to one account for ever. */
  private static List<AccountId> accounts(
      Ledger ledger, Statement statement, List<Statement> approvals) {
    var accounts = new ArrayList<AccountId>();
    accounts.add(account(ledger, statement));
    approvals.forEach(approval -> accounts.add(account(ledger, approval)));
    return accounts;
  }

  private static AccountId account(Ledger ledger, Statement statement) {
    return ledger.view().accountOf(statement.signer()).map(Account::id).orElseThrow();
  }

  /** Where a list goes on: before this record. */
  record Cursor(long height, int index) {
    static final Cursor NEWEST = new Cursor(Long.MAX_VALUE, 0);

    static Cursor of(Optional<String> text) {
      if (text.isEmpty()) return NEWEST;
      try {
        var position = Movement.position(text.get());
        return new Cursor(position.height(), position.index());
      } catch (RuntimeException notOurs) {
        throw Json.malformedCursor();
      }
    }
  }

  /** Records about something, newest first, one more than the limit if there are more. */
  Future<List<io.vertx.core.json.JsonObject>> about(
      Set<String> purposes, String about, Cursor before, int limit) {
    return sql.run(
            "SELECT * FROM ops.rule_record WHERE about = $1 AND purpose = ANY ($2)"
                + " AND (height, index) < ($3, $4) ORDER BY height DESC, index DESC LIMIT $5",
            about,
            purposes.toArray(String[]::new),
            before.height(),
            before.index(),
            limit + 1)
        .map(
            rows -> {
              var found = new ArrayList<io.vertx.core.json.JsonObject>();
              rows.forEach(row -> found.add(view(row)));
              return List.copyOf(found);
            });
  }

  private static io.vertx.core.json.JsonObject view(Row row) {
    long height = row.getLong("height");
    return new io.vertx.core.json.JsonObject()
        .put("position", height + "." + row.getInteger("index"))
        .put("height", height)
        .put("time", Json.time(row.getLong("time_millis")))
        .put("transaction", Columns.hash(row, "hash").toString())
        .put("purpose", row.getString("purpose"))
        .put("signer", Columns.account(row, "signer").toString())
        .put("approvers", row.getJsonArray("approvers"))
        .put("words", row.getJsonObject("words"));
  }
}
