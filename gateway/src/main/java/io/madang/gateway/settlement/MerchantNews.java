package io.madang.gateway.settlement;

import io.madang.gateway.account.Merchant;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.event.Event;
import io.madang.gateway.event.EventType;
import io.madang.gateway.event.Notices;
import io.madang.gateway.event.Outbox;
import io.madang.gateway.settlement.DayStore.RecordedDay;
import io.madang.ledger.AccountId;
import io.madang.ledger.PayoutId;
import io.madang.payment.qr.MerchantId;
import io.madang.payment.reconciliation.Consequence;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Tells merchants what becomes of their settlements. Everything is written in the transaction in
 * which it happens, so that whoever is killed tells it once, like the rest of the step.
 */
final class MerchantNews {
  private static final String PAYOUTS =
      "SELECT p.id, p.account, p.won, p.reason, d.asset, d.day, d.attempt FROM ops.payout AS p"
          + " JOIN ops.settlement_day AS d ON d.payout_id = p.id WHERE ";

  private final MerchantRegistry merchants;
  private final Outbox outbox;
  private final Notices notices;
  private final Clock clock;

  /** Of transactions that may not be done yet. */
  private final Set<MerchantId> touched = ConcurrentHashMap.newKeySet();

  MerchantNews(MerchantRegistry merchants, Outbox outbox, Clock clock) {
    this.merchants = merchants;
    this.outbox = outbox;
    this.notices = new Notices(outbox);
    this.clock = clock;
  }

  Notices notices() {
    return notices;
  }

  /** Lets those read who wait for news; to be called when a transaction is done. */
  void told() {
    var now = List.copyOf(touched);
    now.forEach(touched::remove);
    outbox.committed(now);
  }

  /** Settlements are on the chain, and with the first of a day its statement is ready. */
  Future<?> recorded(SqlConnection connection, List<RecordedDay> days) {
    var events = new ArrayList<Event>();
    for (var one : days) {
      var day = one.day();
      known(day.account())
          .ifPresent(
              merchant -> {
                events.add(made(merchant, one));
                if (day.attempt() == 1) {
                  events.add(
                      ready(
                          merchant, day.figures().asset().value(), day.figures().day().toString()));
                }
              });
    }
    return add(connection, events);
  }

  private Event made(Merchant merchant, RecordedDay one) {
    var figures = one.day().figures();
    return event(
        merchant,
        EventType.SETTLEMENT_MADE,
        one.day().payoutId().toString(),
        new JsonObject()
            .put("asset", figures.asset().value())
            .put("day", figures.day().toString())
            .put("attempt", one.day().attempt())
            .put("captures", figures.captures())
            .put("refunds", figures.refunds())
            .put("fees", figures.fees())
            .put("adjustments", figures.adjustments())
            .put("charges", figures.charges())
            .put("payout", figures.payout())
            .put("carried", figures.carried())
            .put("payoutId", one.day().payoutId().toString())
            .put("position", one.recorded().position().toString())
            .put("transaction", one.recorded().hash().toString()));
  }

  private Event ready(Merchant merchant, String asset, String period) {
    return event(
        merchant,
        EventType.STATEMENT_READY,
        asset + " " + period,
        new JsonObject().put("asset", asset).put("period", period));
  }

  /** With the last day of a month its statement is ready for all who were settled in it. */
  Future<?> dayDone(SqlConnection connection, RunId run) {
    var month = YearMonth.from(run.day());
    if (run.number() > 1 || !run.day().equals(month.atEndOfMonth())) {
      return Future.succeededFuture();
    }
    return Sql.run(
            connection,
            "SELECT DISTINCT account FROM ops.settlement_day WHERE asset = $1"
                + " AND day BETWEEN $2 AND $3 ORDER BY account",
            run.asset().value(),
            month.atDay(1),
            run.day())
        .compose(
            rows -> {
              var events = new ArrayList<Event>();
              for (var row : rows) {
                known(Columns.account(row, "account"))
                    .ifPresent(
                        merchant ->
                            events.add(ready(merchant, run.asset().value(), month.toString())));
              }
              return add(connection, events);
            });
  }

  /** The payouts of a file that leaves now. */
  Future<?> sent(SqlConnection connection, RunId run) {
    return Sql.run(
            connection,
            PAYOUTS + "p.run = $1 AND p.state = 'SENT' ORDER BY p.account",
            run.toString())
        .compose(rows -> add(connection, payouts(EventType.PAYOUT_SENT, rows)));
  }

  /** What a file of the bank's led to: paid, or not. The latter has to be seen. */
  Future<?> heard(SqlConnection connection, Map<PayoutId, List<Consequence>> consequences) {
    var paid = ids(consequences, Consequence.Confirm.class);
    var returned = ids(consequences, Consequence.VoidAttempt.class);
    return byIds(connection, paid)
        .compose(rows -> add(connection, payouts(EventType.PAYOUT_PAID, rows)))
        .compose(_ -> byIds(connection, returned))
        .compose(rows -> post(connection, payouts(EventType.PAYOUT_RETURNED, rows)));
  }

  private static Set<String> ids(
      Map<PayoutId, List<Consequence>> consequences, Class<? extends Consequence> kind) {
    return consequences.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(kind::isInstance))
        .map(entry -> entry.getKey().toString())
        .collect(Collectors.toSet());
  }

  private static Future<RowSet<Row>> byIds(SqlConnection connection, Collection<String> ids) {
    return Sql.run(
        connection,
        PAYOUTS + "p.id = ANY($1) ORDER BY p.account",
        (Object) ids.toArray(String[]::new));
  }

  private List<Event> payouts(EventType type, RowSet<Row> rows) {
    var events = new ArrayList<Event>();
    for (var row : rows) {
      known(Columns.account(row, "account"))
          .ifPresent(merchant -> events.add(payout(merchant, type, row)));
    }
    return events;
  }

  private Event payout(Merchant merchant, EventType type, Row row) {
    var data =
        new JsonObject()
            .put("payoutId", row.getString("id"))
            .put("asset", row.getString("asset"))
            .put("day", row.getLocalDate("day").toString())
            .put("attempt", row.getInteger("attempt"))
            .put("amount", row.getLong("won"));
    if (type == EventType.PAYOUT_RETURNED) {
      var reason = row.getString("reason");
      data.put("reason", reason).put("words", ReturnReasons.words(reason));
    }
    return event(merchant, type, row.getString("id"), data);
  }

  private Event event(Merchant merchant, EventType type, String subject, JsonObject data) {
    return Event.about(merchant.id(), type, subject, clock.millis(), data);
  }

  private Optional<Merchant> known(AccountId account) {
    return merchants.byAccount(account);
  }

  private Future<?> add(SqlConnection connection, List<Event> events) {
    touch(events);
    return outbox.add(connection, events);
  }

  private Future<?> post(SqlConnection connection, List<Event> events) {
    touch(events);
    return notices.post(connection, events);
  }

  private void touch(List<Event> events) {
    events.forEach(event -> touched.add(event.merchant()));
  }
}
