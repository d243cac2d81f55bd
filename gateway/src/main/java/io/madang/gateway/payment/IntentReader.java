package io.madang.gateway.payment;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.json.JsonText;
import io.madang.gateway.account.Movement;
import io.madang.gateway.account.Movement.Kind;
import io.madang.gateway.account.Movement.OfHold;
import io.madang.gateway.account.Projection;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.live.LiveHub;
import io.madang.gateway.live.Topic;
import io.madang.payment.PaymentIntent;
import io.madang.payment.PaymentIntent.Hold;
import io.madang.payment.PaymentIntent.Payment;
import io.madang.payment.PaymentIntent.State;
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
import java.util.function.Function;

/** Marks intents as authorised, paid, voided and refunded when blocks are final. */
final class IntentReader implements Projection.Reader {
  private final IntentStore store;
  private final OpenIntents open;
  private final PaymentPolicy policy;
  private final Codes codes;
  private final LiveHub hub;
  private final Clock clock;
  // Written within the transaction, told once it is durable. The projection calls one at a time.
  private final Map<String, MerchantIntent> touched = new TreeMap<>();
  private final Map<Position, MerchantIntent> byMovement = new HashMap<>();

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

  /** What happened to one intent. */
  private interface Fact extends Function<PaymentIntent, Step> {}

  @Override
  public Future<?> read(
      SqlConnection connection, List<RecordedBlock> blocks, List<Movement> movements) {
    touched.clear();
    byMovement.clear();
    var named = new HashMap<String, List<Fact>>();
    var refunds = new HashMap<Position, List<Fact>>();
    for (var movement : movements) {
      movement
          .reference()
          .filter(_ -> movement.kind().isPayment() || movement.kind() == Kind.HOLD)
          .flatMap(IntentId::parse)
          .ifPresent(id -> add(named, id.value(), fact(movement)));
      movement
          .refundOf()
          .ifPresent(
              position ->
                  add(
                      refunds,
                      position,
                      intent -> intent.refunded(position, movement.refundedInAll())));
    }
    var releases = releases(blocks);
    // In this order whatever the chain's: a hold is placed and captured before it is released, and
    // a payment made before it is refunded.
    return byId(connection, named)
        .compose(_ -> released(connection, releases))
        .compose(_ -> giveBack(connection, refunds));
  }

  private static <K> void add(Map<K, List<Fact>> facts, K key, Fact fact) {
    facts.computeIfAbsent(key, _ -> new ArrayList<>()).add(fact);
  }

  private static Fact fact(Movement movement) {
    return switch (movement.ofHold().orElse(null)) {
      case OfHold.Placed(var expiresMillis) ->
          intent -> intent.authorised(hold(movement, expiresMillis));
      case OfHold.Captured(var hold, var last) ->
          intent -> intent.captured(hold, payment(movement), last);
      case null -> intent -> intent.paid(payment(movement));
    };
  }

  /** The holds that their payees let go of. */
  private static Map<Position, List<Fact>> releases(List<RecordedBlock> blocks) {
    var releases = new HashMap<Position, List<Fact>>();
    for (var block : blocks) {
      for (var transaction : block.transactions()) {
        var words = transaction.statement().payload();
        if (transaction.result().code() == 0
            && words.purpose().equals("release")
            && words.operation().get("hold").orElse(null) instanceof JsonText(var name)) {
          var hold = Movement.position(name);
          add(releases, hold, intent -> intent.voided(hold));
        }
      }
    }
    return releases;
  }

  private Future<?> byId(SqlConnection connection, Map<String, List<Fact>> facts) {
    if (facts.isEmpty()) return Future.succeededFuture();
    return store
        .lockAll(connection, List.copyOf(facts.keySet()))
        .compose(
            intents ->
                takeAll(
                    connection,
                    intents,
                    made -> facts.getOrDefault(made.intent().id().value(), List.of())));
  }

  private Future<?> released(SqlConnection connection, Map<Position, List<Fact>> facts) {
    if (facts.isEmpty()) return Future.succeededFuture();
    return store
        .lockHeld(connection, List.copyOf(facts.keySet()))
        .compose(
            intents ->
                takeAll(
                    connection,
                    intents,
                    made ->
                        made.intent().state() instanceof State.Authorised authorised
                            ? facts.getOrDefault(authorised.hold().position(), List.of())
                            : List.of()));
  }

  private Future<?> giveBack(SqlConnection connection, Map<Position, List<Fact>> facts) {
    if (facts.isEmpty()) return Future.succeededFuture();
    return store
        .lockPaid(connection, List.copyOf(facts.keySet()))
        .compose(
            intents ->
                takeAll(
                    connection,
                    intents,
                    made ->
                        made.intent().payments().stream()
                            .map(one -> one.payment().position())
                            .flatMap(paid -> facts.getOrDefault(paid, List.of()).stream())
                            .toList()));
  }

  private Future<?> takeAll(
      SqlConnection connection,
      List<MerchantIntent> intents,
      Function<MerchantIntent, List<Fact>> facts) {
    Future<?> written = Future.succeededFuture();
    for (var made : intents) {
      var next = made;
      for (var fact : facts.apply(made)) {
        // What does not fit stays a payment to the merchant's account: it is listed there, and the
        // merchant gives it back.
        if (fact.apply(next.intent()) instanceof Step.Changed(var changed)) {
          next = next.with(changed);
        }
      }
      written = write(connection, written, made, next);
    }
    return written;
  }

  private Future<?> write(
      SqlConnection connection, Future<?> before, MerchantIntent made, MerchantIntent next) {
    // Told even when nothing changes: blocks come again after a commit whose answer was lost.
    touched.put(next.intent().id().value(), next);
    if (next.intent().state() instanceof State.Authorised authorised) {
      byMovement.put(authorised.hold().position(), next);
    }
    for (var one : next.intent().payments()) {
      byMovement.put(one.payment().position(), next);
    }
    return next.equals(made) ? before : before.compose(_ -> store.update(connection, next));
  }

  private static Payment payment(Movement movement) {
    return new Payment(
        movement.position(),
        movement.payer().orElseThrow(),
        movement.payee().orElseThrow(),
        movement.amount(),
        movement.timeMillis(),
        movement.hash(),
        movement.parts());
  }

  private static Hold hold(Movement movement, long expiresMillis) {
    return new Hold(
        movement.position(),
        movement.payer().orElseThrow(),
        movement.payee().orElseThrow(),
        movement.amount(),
        expiresMillis,
        movement.timeMillis(),
        movement.hash());
  }

  /** The intent that a movement which was just read held for, paid or gave back, if any. */
  Optional<MerchantIntent> touchedBy(Movement movement) {
    return Optional.ofNullable(byMovement.get(movement.refundOf().orElse(movement.position())));
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
    switch (intent.intent().state()) {
      case State.Paid _, State.Authorised _ -> policy.forget(intent.intent().id());
      case State.Open _, State.Cancelled _ -> {}
    }
    var topic = new Topic.OfMerchant(intent.merchant().id());
    hub.publish(topic, "intent", intent.merchantView(codes.of(intent), clock.millis()));
  }
}
