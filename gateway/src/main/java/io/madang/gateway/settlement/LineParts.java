package io.madang.gateway.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.gateway.account.PartsJson;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.payment.Parts;
import io.madang.payment.settlement.StatementLine;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the whole of a line was paid with: a line of a statement is one asset's share. */
final class LineParts {
  private final Sql sql;

  LineParts(Sql sql) {
    this.sql = sql;
  }

  /** The parts of those lines that have some, by their positions. */
  Future<Map<Position, Parts>> of(List<StatementLine> lines) {
    if (lines.isEmpty()) return Future.succeededFuture(Map.of());
    var first = lines.getFirst().posting();
    return sql.run(
            side("payee") + " UNION ALL " + side("payer"),
            Columns.of(first.account()),
            first.timeMillis(),
            lines.getLast().posting().timeMillis())
        .map(
            rows -> {
              var parts = new HashMap<Position, Parts>();
              for (var row : rows) {
                PartsJson.read(row.getJsonObject("parts"))
                    .ifPresent(
                        some ->
                            parts.put(
                                new Position(
                                    row.getLong("height"), row.getInteger("index_in_block")),
                                some));
              }
              return Map.copyOf(parts);
            });
  }

  private static String side(String side) {
    return "SELECT height, index_in_block, parts FROM ops.movement WHERE "
        + side
        + " = $1 AND time_millis BETWEEN $2 AND $3 AND parts IS NOT NULL";
  }
}
