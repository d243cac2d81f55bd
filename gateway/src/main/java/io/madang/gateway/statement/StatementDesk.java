package io.madang.gateway.statement;

import io.madang.gateway.account.Merchant;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.settlement.Attempt;
import io.madang.gateway.settlement.Correction;
import io.madang.gateway.settlement.SettledDays;
import io.madang.ledger.Asset;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.payment.settlement.Posting;
import io.madang.payment.settlement.StatementLine;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts statements together from what was settled. */
final class StatementDesk {
  /** A few milliseconds of an event loop. */
  private static final int LINES_AT_ONCE = 10_000;

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  private final Engine<Ledger> engine;
  private final SettledDays settled;
  private final Map<String, JsonObject> assetNames;

  StatementDesk(Engine<Ledger> engine, SettledDays settled, Map<String, JsonObject> assetNames) {
    this.engine = engine;
    this.settled = settled;
    this.assetNames = Map.copyOf(assetNames);
  }

  /** The statement, or nothing when nothing was settled for the merchant in the period. */
  Future<Optional<Statement>> find(Merchant merchant, AssetCode code, Period period) {
    var attempts = settled.attempts(merchant.account(), code, period.first(), period.last());
    var through = settled.lastComputed(code, period.first(), period.last());
    var corrections = settled.corrections(merchant.id(), code, period.first(), period.last());
    var asset = engine.ask(ledger -> asset(ledger, code));
    return Future.all(attempts, through, corrections, asset)
        .map(
            _ ->
                attempts.result().isEmpty() || asset.result().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        Statement.of(
                            merchant,
                            asset.result().get(),
                            assetNames.getOrDefault(
                                code.value(),
                                new JsonObject().put("ko", code.value()).put("en", code.value())),
                            period,
                            through.result().orElse(lastOf(attempts.result())),
                            byDay(attempts.result(), corrections.result()))));
  }

  private static Optional<Asset> asset(Ledger ledger, AssetCode code) {
    return ledger.view().assets().stream().filter(asset -> asset.code().equals(code)).findFirst();
  }

  private static LocalDate lastOf(List<Attempt> attempts) {
    return attempts.getLast().figures().day();
  }

  private static List<StatementDay> byDay(List<Attempt> attempts, List<Correction> corrections) {
    var days = new TreeMap<LocalDate, List<Attempt>>();
    for (var attempt : attempts) {
      days.computeIfAbsent(attempt.figures().day(), _ -> new ArrayList<>()).add(attempt);
    }
    var all = new ArrayList<StatementDay>();
    days.forEach((day, ofDay) -> all.add(StatementDay.of(day, ofDay, corrections)));
    return List.copyOf(all);
  }

  /** The bars of the statement's chart: hours of a day, or days of a month. */
  Future<List<Bar>> chart(Statement statement) {
    if (statement.period().isMonth()) {
      return Future.succeededFuture(Bar.ofDays(statement.period(), statement.days()));
    }
    var hours = new Hours(settled.businessDays().beginMillis(statement.period().first()));
    return add(statement, hours, 0).map(_ -> hours.bars());
  }

  private Future<?> add(Statement statement, Hours hours, long from) {
    if (from >= statement.figures().postings()) return Future.succeededFuture();
    return settled
        .lines(
            statement.merchant().account(),
            statement.asset().code(),
            statement.period().first(),
            from,
            LINES_AT_ONCE)
        .compose(
            lines -> {
              // Lines and days are stored in one order, so that the lines are always there.
              if (lines.isEmpty()) throw new IllegalStateException("lines are missing");
              lines.forEach(hours::add);
              return add(statement, hours, from + lines.size());
            });
  }

  /** Sums of the hours of one day. */
  private static final class Hours {
    private final long beginMillis;
    private final long[] captureCounts = new long[Bar.HOURS];
    private final long[] captures = new long[Bar.HOURS];
    private final long[] refundCounts = new long[Bar.HOURS];
    private final long[] refunds = new long[Bar.HOURS];

    Hours(long beginMillis) {
      this.beginMillis = beginMillis;
    }

    void add(StatementLine line) {
      var posting = line.posting();
      int hour = (int) ((posting.timeMillis() - beginMillis) / HOUR_MILLIS);
      if (posting.kind() == Posting.Kind.CAPTURE) {
        captureCounts[hour]++;
        captures[hour] = Math.addExact(captures[hour], posting.amount());
      } else if (posting.kind() == Posting.Kind.REFUND) {
        refundCounts[hour]++;
        refunds[hour] = Math.addExact(refunds[hour], posting.amount());
      }
    }

    List<Bar> bars() {
      var bars = new ArrayList<Bar>(Bar.HOURS);
      for (int hour = 0; hour < Bar.HOURS; hour++) {
        bars.add(
            new Bar(
                Bar.hour(hour),
                captureCounts[hour],
                captures[hour],
                refundCounts[hour],
                refunds[hour]));
      }
      return List.copyOf(bars);
    }
  }
}
