package io.madang.gateway.payment;

import io.madang.gateway.account.Merchant;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.account.Movement;
import io.madang.gateway.account.PartsJson;
import io.madang.gateway.account.Projection;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.event.Event;
import io.madang.gateway.event.EventType;
import io.madang.gateway.event.Outbox;
import io.madang.gateway.http.Json;
import io.madang.payment.qr.MerchantId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes events of merchants' payments and refunds when blocks are final. */
final class PaymentEvents implements Projection.Reader {
  private final MerchantRegistry merchants;
  private final IntentReader intents;
  private final Outbox outbox;
  // Written within the transaction, told once it is durable. The projection calls one at a time.
  private final Set<MerchantId> touched = new HashSet<>();

  /**
   * Events for this outbox.
   *
   * @param intents the reader that comes before this one
   */
  PaymentEvents(MerchantRegistry merchants, IntentReader intents, Outbox outbox) {
    this.merchants = merchants;
    this.intents = intents;
    this.outbox = outbox;
  }

  @Override
  public Future<?> read(
      SqlConnection connection, List<RecordedBlock> blocks, List<Movement> movements) {
    touched.clear();
    if (movements.stream().allMatch(movement -> subject(movement).isEmpty())) {
      return Future.succeededFuture();
    }
    return readBefore(connection, movements.getLast().position().height())
        .compose(
            before -> {
              var events =
                  movements.stream()
                      .filter(movement -> movement.position().height() > before)
                      .flatMap(movement -> event(movement).stream())
                      .toList();
              events.forEach(event -> touched.add(event.merchant()));
              return outbox.add(connection, events);
            });
  }

  /**
   * The last height that was read before this one. Blocks come again after a commit whose answer
   * was lost, and when the tables are made anew; what happened is then not told again.
   */
  private static Future<Long> readBefore(SqlConnection connection, long height) {
    return Sql.run(
            connection,
            "WITH before AS"
                + " (SELECT height FROM ops.projection WHERE name = 'events' FOR UPDATE)"
                + " UPDATE ops.projection SET height = greatest(before.height, $1) FROM before"
                + " WHERE name = 'events' RETURNING before.height",
            height)
        .map(rows -> rows.iterator().next().getLong("height"));
  }

  /** Whom a movement happens to, if it is a merchant. */
  private Optional<Merchant> subject(Movement movement) {
    return switch (movement.kind()) {
      case PAYMENT, COMPOSITE, HOLD -> movement.payee().flatMap(merchants::byAccount);
      case REFUND -> movement.payer().flatMap(merchants::byAccount);
      case ISSUE, REDEEM, PAYOUT, PAYOUT_VOID, CHARGES, REWARD, SOLD, SWEPT -> Optional.empty();
    };
  }

  private Optional<Event> event(Movement movement) {
    return subject(movement)
        .map(
            merchant ->
                Event.about(
                    merchant.id(),
                    type(movement),
                    movement.position().toString(),
                    movement.timeMillis(),
                    data(movement)));
  }

  private static EventType type(Movement movement) {
    return switch (movement.kind()) {
      case PAYMENT, COMPOSITE -> EventType.PAYMENT_CAPTURED;
      case HOLD -> EventType.PAYMENT_AUTHORISED;
      case REFUND -> EventType.PAYMENT_REFUNDED;
      case ISSUE, REDEEM, PAYOUT, PAYOUT_VOID, CHARGES, REWARD, SOLD, SWEPT ->
          throw new IllegalArgumentException("no event: " + movement.kind());
    };
  }

  private JsonObject data(Movement movement) {
    boolean refund = movement.kind() == Movement.Kind.REFUND;
    var data =
        new JsonObject()
            .put("position", movement.position().toString())
            .put("transaction", movement.hash().toString())
            .put("asset", movement.amount().asset().value())
            .put("amount", movement.amount().minorUnits());
    if (refund) {
      data.put("payment", movement.refundOf().orElseThrow().toString())
          .put("refundedInAll", movement.refundedInAll());
    } else {
      data.put("payerMasked", MerchantIntent.masked(movement.payer().orElseThrow()));
    }
    PartsJson.put(data, movement.parts());
    var intent = intents.touchedBy(movement);
    if (intent.isEmpty()) return Json.putIfPresent(data, "reference", movement.reference());
    data.put("intent", intent.get().intent().id().value());
    Json.putIfPresent(data, "till", intent.get().till());
    return Json.putIfPresent(data, "reference", intent.get().reference());
  }

  @Override
  public void told(List<RecordedBlock> blocks, List<Movement> movements) {
    outbox.committed(touched);
    touched.clear();
  }
}
