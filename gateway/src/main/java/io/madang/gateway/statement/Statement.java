package io.madang.gateway.statement;

import io.madang.gateway.account.Merchant;
import io.madang.gateway.settlement.Attempt;
import io.madang.ledger.Asset;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;

/**
 * What a merchant was settled in a period.
 *
 * @param assetNames the asset's name as {@code ko} and {@code en}
 * @param through the last day that is in it
 * @param days those on which something was settled, oldest first; at least one
 */
record Statement(
    Merchant merchant,
    Asset asset,
    JsonObject assetNames,
    Period period,
    LocalDate through,
    Figures figures,
    List<StatementDay> days) {

  static Statement of(
      Merchant merchant,
      Asset asset,
      JsonObject assetNames,
      Period period,
      LocalDate through,
      List<StatementDay> days) {
    var attempts = days.stream().flatMap(day -> day.attempts().stream()).toList();
    return new Statement(
        merchant, asset, assetNames, period, through, Figures.of(attempts), List.copyOf(days));
  }

  /** Whether no figure will change any more; where payouts are may still change. */
  boolean isComplete() {
    return through.equals(period.last())
        && days.stream().noneMatch(day -> day.last().status() == Attempt.Status.PENDING);
  }

  /** How a file of it is called, without its ending: letters, digits and hyphens. */
  String fileName() {
    return "statement-" + asset.code() + "-" + period;
  }

  JsonObject view(List<Bar> chart) {
    return new JsonObject()
        .put("asset", asset.code().value())
        .put("assetName", assetNames)
        .put("scale", asset.scale())
        .put("period", period.toString())
        .put("from", period.first().toString())
        .put("until", period.last().toString())
        .put("through", through.toString())
        .put("complete", isComplete())
        .put("merchant", merchant.view())
        .put("figures", figures.viewWithPayouts())
        .put("days", new JsonArray(days.stream().map(StatementDay::view).toList()))
        .put("chart", new JsonArray(chart.stream().map(Bar::view).toList()));
  }
}
