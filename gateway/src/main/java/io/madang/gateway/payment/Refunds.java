package io.madang.gateway.payment;

import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.LedgerProblems;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.payment.MerchantActs.Decision;
import io.madang.gateway.payment.MerchantActs.Kind;
import io.madang.gateway.payment.MerchantActs.Words;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.madang.payment.PaymentIntent.Capture;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;

/**
 * Gives payments back, each to the account that paid it. Of an intent that was captured in parts, a
 * refund gives back of one capture at a time.
 */
final class Refunds implements Operations.Feature {
  private final Engine<Ledger> engine;
  private final IntentStore store;
  private final MerchantActs acts;

  Refunds(Engine<Ledger> engine, IntentStore store, MerchantActs acts) {
    this.engine = engine;
    this.store = store;
    this.acts = acts;
  }

  @Override
  public void register(Operations operations) {
    operations.on("refundIntent", this::refund);
  }

  /** The payment to give back, and its proof, which is fetched before anything is locked. */
  private record Means(
      Optional<Capture> payment, Optional<io.madang.chain.json.JsonObject> proof) {}

  private Future<Reply> refund(Call call) {
    return store
        .byId(call.text("id"))
        .map(found -> IntentRoutes.checked(call, found))
        .compose(made -> prepare(chosen(call, made)))
        .compose(
            means ->
                acts.act(
                    Kind.REFUND,
                    call,
                    "refundIntent",
                    (connection, made) -> decide(connection, call, made, means)));
  }

  /** The payment that is named; or the only one of which anything is left; or the newest. */
  private static Optional<Capture> chosen(Call call, MerchantIntent made) {
    var payments = made.intent().payments();
    var named = call.body().getString("payment");
    if (named != null) {
      return payments.stream()
          .filter(one -> one.payment().position().toString().equals(named))
          .findFirst();
    }
    var left = refundable(made);
    if (left.size() == 1) return Optional.of(left.getFirst());
    if (left.isEmpty()) {
      return payments.isEmpty() ? Optional.empty() : Optional.of(payments.getLast());
    }
    long amount = call.body().getLong("amount", Long.MAX_VALUE);
    return left.reversed().stream().filter(one -> one.refundable() >= amount).findFirst();
  }

  private static List<Capture> refundable(MerchantIntent made) {
    return made.intent().payments().stream().filter(one -> one.refundable() > 0).toList();
  }

  private Future<Means> prepare(Optional<Capture> payment) {
    return payment
        .map(one -> engine.paymentProof(one.payment().position()))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .map(proof -> new Means(payment, proof));
  }

  private Future<Decision> decide(
      SqlConnection connection, Call call, MerchantIntent made, Means means) {
    var chosen = means.payment().flatMap(one -> made.intent().payment(one.payment().position()));
    if (chosen.isEmpty()) {
      return Future.succeededFuture(
          new Decision.Refuse(
              refundable(made).size() > 1 && !call.body().containsKey("payment")
                  ? Problem.of(ProblemType.REFUND_NEEDS_PAYMENT).with("payments", left(made))
                  : Problem.of(ProblemType.INTENT_NOT_PAID)));
    }
    var payment = chosen.get().payment().position().toString();
    return underWay(connection, made, payment)
        .map(
            underWay -> {
              long left = chosen.get().refundable() - underWay;
              long amount = call.body().getLong("amount", left);
              return objection(call.merchant(), amount, left, means)
                  .<Decision>map(Decision.Refuse::new)
                  .orElseGet(
                      () ->
                          new Decision.Sign(
                              new Words(
                                  "refund",
                                  amount,
                                  payment,
                                  io.madang.ledger.Operations.refund(
                                      amount, means.proof().orElseThrow()))));
            });
  }

  private static JsonArray left(MerchantIntent made) {
    var payments = new JsonArray();
    for (var one : refundable(made)) {
      payments.add(
          new JsonObject()
              .put("payment", one.payment().position().toString())
              .put("available", one.refundable()));
    }
    return payments;
  }

  /** What other refunds of this payment have promised but not yet done. */
  private static Future<Long> underWay(
      SqlConnection connection, MerchantIntent made, String payment) {
    return Sql.run(
            connection,
            "SELECT coalesce(sum(amount), 0)::bigint AS amount FROM ops.merchant_act"
                + " WHERE intent = $1 AND state = 'signed' AND kind = 'refund'"
                + " AND (payment IS NULL OR payment = $2)",
            made.intent().id().value(),
            payment)
        .map(rows -> rows.iterator().next().getLong("amount"));
  }

  private static Optional<Problem> objection(
      Caller.Merchant caller, long amount, long left, Means means) {
    if (amount > left || amount == 0) {
      return Optional.of(Problem.of(ProblemType.MORE_THAN_LEFT).with("available", left));
    }
    if (caller.role() == Caller.Role.CASHIER && amount > caller.refundLimit()) {
      return Optional.of(
          Problem.of(ProblemType.OVER_REFUND_LIMIT).with("limit", caller.refundLimit()));
    }
    return means.proof().isEmpty()
        ? Optional.of(LedgerProblems.of(LedgerRefusal.PAYMENT_NOT_PROVEN.refusal()))
        : Optional.empty();
  }
}
