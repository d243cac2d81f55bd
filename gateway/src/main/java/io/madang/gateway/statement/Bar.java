package io.madang.gateway.statement;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * One bar of the chart.
 *
 * @param at the hour, such as {@code 09}, or the day
 */
record Bar(String at, long captureCount, long captures, long refundCount, long refunds) {
  static final int HOURS = 24;

  /** A bar for each day of the month, also those on which nothing was settled. */
  static List<Bar> ofDays(Period month, List<StatementDay> days) {
    var figures = new HashMap<String, Figures>();
    days.forEach(day -> figures.put(day.date().toString(), day.figures()));
    var bars = new ArrayList<Bar>();
    for (var date : month.days()) {
      var of = figures.get(date.toString());
      bars.add(
          of == null
              ? new Bar(date.toString(), 0, 0, 0, 0)
              : new Bar(
                  date.toString(),
                  of.captureCount(),
                  of.captures(),
                  of.refundCount(),
                  of.refunds()));
    }
    return List.copyOf(bars);
  }

  static String hour(int hour) {
    return String.format(Locale.ROOT, "%02d", hour);
  }

  JsonObject view() {
    return new JsonObject()
        .put("at", at)
        .put("captureCount", captureCount)
        .put("captures", captures)
        .put("refundCount", refundCount)
        .put("refunds", refunds);
  }
}
