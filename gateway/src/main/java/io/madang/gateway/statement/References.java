package io.madang.gateway.statement;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.gateway.account.PartsJson;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedTransaction;
import io.madang.ledger.Ledger;
import io.madang.payment.Parts;
import io.madang.payment.settlement.StatementLine;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a merchant knows a line by. For a thread that may wait. */
final class References {
  private static final String STICKER = "S-";

  private final Sql sql;
  private final Engine<Ledger> engine;

  References(Sql sql, Engine<Ledger> engine) {
    this.sql = sql;
    this.engine = engine;
  }

  private record Moved(Optional<String> reference, Hash hash, Optional<Parts> parts) {}

  /** The lines of a day, in the same order; at least one, all of them one account's. */
  List<Line> of(StatementDay day, List<StatementLine> entries) {
    var moved = moved(entries);
    var intents = intents(entries);
    var stickers = stickers(moved.values());
    var lines = new ArrayList<Line>(entries.size());
    for (var entry : entries) {
      var position = entry.posting().position();
      var movement = moved.get(position);
      var payment = entry.posting().payment();
      String reference;
      if (intents.containsKey(payment)) {
        reference = intents.getOrDefault(payment, "");
      } else {
        reference = movement == null ? "" : movement.reference().orElse("");
        reference = stickers.getOrDefault(reference, reference);
      }
      var hash = movement == null ? recorded(position) : movement.hash();
      var parts = movement == null ? Optional.<Parts>empty() : movement.parts();
      lines.add(new Line(day, entry, PlainText.of(reference), hash, parts));
    }
    return lines;
  }

  private Map<Position, Moved> moved(List<StatementLine> entries) {
    var first = entries.getFirst().posting();
    var found = new HashMap<Position, Moved>();
    sql.run(
            "SELECT height, index_in_block, reference, hash, parts FROM ops.movement WHERE payee = $1"
                + " AND time_millis BETWEEN $2 AND $3 UNION ALL"
                + " SELECT height, index_in_block, reference, hash, parts FROM ops.movement"
                + " WHERE payer = $1 AND time_millis BETWEEN $2 AND $3",
            Columns.of(first.account()),
            first.timeMillis(),
            entries.getLast().posting().timeMillis())
        .await()
        .forEach(
            row ->
                found.put(
                    position(row),
                    new Moved(
                        Optional.ofNullable(row.getString("reference")),
                        Columns.hash(row, "hash"),
                        PartsJson.read(row.getJsonObject("parts")))));
    return found;
  }

  /** The reference of each payment that paid an intent; empty when the intent has none. */
  private Map<Position, String> intents(List<StatementLine> entries) {
    var found = new HashMap<Position, String>();
    sql.run(
            "WITH paid AS (SELECT * FROM unnest($1::bigint[], $2::int[]) AS p (height,"
                + " index_in_block)) SELECT p.height, p.index_in_block, i.reference FROM paid AS p"
                + " JOIN ops.intent AS i ON (i.paid_height, i.paid_index) = (p.height,"
                + " p.index_in_block) UNION SELECT p.height, p.index_in_block, i.reference FROM"
                + " paid AS p JOIN ops.capture AS c USING (height, index_in_block)"
                + " JOIN ops.intent AS i ON i.id = c.intent",
            entries.stream().map(entry -> entry.posting().payment().height()).toArray(Long[]::new),
            entries.stream()
                .map(entry -> entry.posting().payment().index())
                .toArray(Integer[]::new))
        .await()
        .forEach(
            row -> {
              var reference = row.getString("reference");
              found.put(position(row), reference == null ? "" : reference);
            });
    return found;
  }

  /** The tills of stickers, by what payments say of them. */
  private Map<String, String> stickers(Iterable<Moved> movements) {
    var ids = new ArrayList<String>();
    for (var movement : movements) {
      movement
          .reference()
          .filter(text -> text.startsWith(STICKER))
          .ifPresent(text -> ids.add(text.substring(STICKER.length())));
    }
    if (ids.isEmpty()) return Map.of();
    var tills = new HashMap<String, String>();
    sql.run(
            "SELECT id, till FROM ops.sticker WHERE id = ANY($1)",
            (Object) ids.stream().distinct().toArray(String[]::new))
        .await()
        .forEach(row -> tills.put(STICKER + row.getString("id"), row.getString("till")));
    return tills;
  }

  private static Position position(Row row) {
    return new Position(row.getLong("height"), row.getInteger("index_in_block"));
  }

  /** The chain knows what the table of movements may not have read yet. */
  private Hash recorded(Position position) {
    return engine
        .transaction(position)
        .await()
        .map(RecordedTransaction::hash)
        .orElseThrow(() -> new IllegalStateException("no transaction at " + position));
  }
}
