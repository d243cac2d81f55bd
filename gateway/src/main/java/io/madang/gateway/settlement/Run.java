package io.madang.gateway.settlement;

import io.madang.gateway.database.Columns;
import io.madang.ledger.AssetCode;
import io.madang.payment.settlement.Closing;
import io.madang.payment.settlement.RunTotals;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The close of a day as it is stored.
 *
 * @param computed what the computation came to
 * @param waitingFor what it waits for, for people; empty when it goes on by itself
 */
record Run(RunId id, Closing closing, Optional<Computed> computed, String waitingFor) {
  static final String COLUMNS =
      "id, asset, day, number, stage, computed, file, last_height, created_millis, execute_on,"
          + " totals, waiting_for";

  /**
   * @param lastHeight the last block of the day
   * @param createdMillis when: it stands in the bank's file
   * @param executeOn the banking day on which the bank shall pay
   */
  record Computed(long lastHeight, long createdMillis, LocalDate executeOn, JsonObject totals) {}

  Closing.Stage stage() {
    return closing.stage();
  }

  /** Whether every merchant's settlement is on the chain, so that the next day may be computed. */
  boolean isRecorded() {
    return stage().compareTo(Closing.Stage.RECORDED) >= 0;
  }

  static Run read(Row row) {
    var day = row.getLocalDate("day");
    var closing =
        new Closing(
            day,
            Closing.Stage.valueOf(row.getString("stage")),
            Columns.hash(row, "computed"),
            Columns.hash(row, "file"));
    var height = row.getLong("last_height");
    return new Run(
        new RunId(new AssetCode(row.getString("asset")), day, row.getInteger("number")),
        closing,
        height == null
            ? Optional.empty()
            : Optional.of(
                new Computed(
                    height,
                    row.getLong("created_millis"),
                    row.getLocalDate("execute_on"),
                    row.getJsonObject("totals"))),
        row.getString("waiting_for"));
  }

  static JsonObject totals(RunTotals totals) {
    return new JsonObject()
        .put("merchants", totals.merchants())
        .put("postings", totals.postings())
        .put("captures", totals.captures())
        .put("refunds", totals.refunds())
        .put("others", totals.others())
        .put("fees", totals.fees())
        .put("adjustments", totals.adjustments())
        .put("carriedBefore", totals.carriedBefore())
        .put("charges", totals.charges())
        .put("payouts", totals.payouts())
        .put("payoutSum", totals.payoutSum())
        .put("carried", totals.carried());
  }
}
