package io.madang.gateway.payment;

import io.madang.chain.ChainApplication.Position;
import io.madang.gateway.account.Movement;
import io.madang.gateway.account.Movement.Kind;
import io.madang.gateway.account.Projection;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.live.LiveHub;
import io.madang.gateway.live.Topic;
import io.madang.payment.PaymentIntent;
import io.madang.payment.PaymentIntent.Payment;
import io.madang.payment.PaymentIntent.Step;
import io.madang.payment.qr.IntentId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Marks intents as paid and refunded when blocks are final. */
final class IntentReader implements Projection.Reader {
  private final IntentStore store;
  private final OpenIntents open;
  private final PaymentPolicy policy;
  private final Codes codes;
  private final LiveHub hub;
  private final Clock clock;
  // Written within the transaction, told once it is durable. The projection calls one at a time.
  private final Map<String, MerchantIntent> touched = new TreeMap<>();
  private final Map<Position, MerchantIntent> paid = new HashMap<>();

  IntentReader(
      IntentStore store,
      OpenIntents open,
      PaymentPolicy policy,
      Codes codes,
      LiveHub hub,
      Clock clock) {
    this.store = store;
    this.open = open;
    this.policy = policy;
    this.codes = codes;
    this.hub = hub;
    this.clock = clock;
  }

  @Override
  public Future<?> read(SqlConnection connection, List<Movement> movements) {
    touched.clear();
    paid.clear();
    var payments = new HashMap<String, List<Movement>>();
    var refunds = new HashMap<Position, List<Movement>>();
    for (var movement : movements) {
      if (movement.kind() == Kind.PAYMENT) {
        movement
            .reference()
            .flatMap(IntentId::parse)
            .ifPresent(
                id -> payments.computeIfAbsent(id.value(), _ -> new ArrayList<>()).add(movement));
      }
      movement
          .refundOf()
          .ifPresent(
              position -> refunds.computeIfAbsent(position, _ -> new ArrayList<>()).add(movement));
    }
    return pay(connection, payments).compose(_ -> giveBack(connection, refunds));
  }

  private Future<?> pay(SqlConnection connection, Map<String, List<Movement>> payments) {
    if (payments.isEmpty()) return Future.succeededFuture();
    return store
        .lockAll(connection, List.copyOf(payments.keySet()))
        .compose(
            intents -> {
              Future<?> written = Future.succeededFuture();
              for (var made : intents) {
                var next = made;
                for (var movement : payments.getOrDefault(made.intent().id().value(), List.of())) {
                  next =
                      take(
                          next,
                          next.intent().paid(payment(movement)),
                          Optional.of(movement.hash()));
                }
                written = write(connection, written, made, next);
              }
              return written;
            });
  }

  private Future<?> giveBack(SqlConnection connection, Map<Position, List<Movement>> refunds) {
    if (refunds.isEmpty()) return Future.succeededFuture();
    return store
        .lockPaid(connection, List.copyOf(refunds.keySet()))
        .compose(
            intents -> {
              Future<?> written = Future.succeededFuture();
              for (var made : intents) {
                var next = made;
                if (!(made.intent().state() instanceof PaymentIntent.State.Paid(var paid, var _))) {
                  throw new IllegalStateException("found as paid, but is not: " + made.number());
                }
                for (var movement : refunds.getOrDefault(paid.position(), List.of())) {
                  next =
                      take(next, next.intent().refunded(movement.refundedInAll()), next.paidBy());
                }
                written = write(connection, written, made, next);
              }
              return written;
            });
  }

  private static MerchantIntent take(
      MerchantIntent before, Step step, Optional<io.madang.chain.Hash> by) {
    // A payment that does not fit stays a payment to the merchant's account: it is listed there,
    // and the merchant gives it back.
    return step instanceof Step.Changed(var next) ? before.with(next, by) : before;
  }

  private Future<?> write(
      SqlConnection connection, Future<?> before, MerchantIntent made, MerchantIntent next) {
    // Told even when nothing changes: blocks come again after a commit whose answer was lost.
    touched.put(next.intent().id().value(), next);
    if (next.intent().state() instanceof PaymentIntent.State.Paid(var payment, var _)) {
      paid.put(payment.position(), next);
    }
    return next.equals(made) ? before : before.compose(_ -> store.update(connection, next));
  }

  private static Payment payment(Movement movement) {
    return new Payment(
        movement.position(),
        movement.payer().orElseThrow(),
        movement.payee().orElseThrow(),
        movement.amount(),
        movement.timeMillis());
  }

  /** The intent that a movement which was just read paid or gave back, if there is one. */
  Optional<MerchantIntent> touchedBy(Movement movement) {
    return Optional.ofNullable(paid.get(movement.refundOf().orElse(movement.position())));
  }

  @Override
  public void told(List<RecordedBlock> blocks, List<Movement> movements) {
    for (var intent : touched.values()) {
      tell(intent);
    }
    touched.clear();
  }

  /** Makes an intent known as it is now, to the policy and to those who listen. */
  void tell(MerchantIntent intent) {
    open.put(intent);
    if (intent.intent().state() instanceof PaymentIntent.State.Paid) {
      policy.forget(intent.intent().id());
    }
    var topic = new Topic.OfMerchant(intent.merchant().id());
    hub.publish(topic, "intent", intent.merchantView(codes.of(intent), clock.millis()));
  }
}
