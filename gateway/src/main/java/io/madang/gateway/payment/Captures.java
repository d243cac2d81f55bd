package io.madang.gateway.payment;

import io.madang.chain.ChainApplication.Position;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.Reply;
import io.madang.gateway.payment.MerchantActs.Decision;
import io.madang.gateway.payment.MerchantActs.Kind;
import io.madang.gateway.payment.MerchantActs.Words;
import io.madang.payment.PaymentIntent.State;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.function.Function;

/** Takes what is due of an authorised intent, and lets go of the rest. */
final class Captures implements Operations.Feature {
  private final MerchantActs acts;
  private final Clock clock;

  Captures(MerchantActs acts, Clock clock) {
    this.acts = acts;
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("captureIntent", this::capture);
    operations.on("voidIntent", this::release);
  }

  private Future<Reply> capture(Call call) {
    return act(
        Kind.CAPTURE,
        call,
        "captureIntent",
        made -> {
          long left = made.intent().capturable(clock.millis());
          long amount = call.body().getLong("amount", left);
          // More than is left is for the ledger to refuse: it knows of captures under way.
          return new Words(
              "capture",
              amount,
              "",
              io.madang.ledger.Operations.capture(
                  hold(made), amount, call.body().getBoolean("final", false)));
        });
  }

  private Future<Reply> release(Call call) {
    return act(
        Kind.VOID,
        call,
        "voidIntent",
        made ->
            new Words(
                "release",
                made.intent().capturable(clock.millis()),
                "",
                io.madang.ledger.Operations.release(hold(made))));
  }

  private Future<Reply> act(
      Kind kind, Call call, String operation, Function<MerchantIntent, Words> words) {
    return acts.act(
        kind,
        call,
        operation,
        (_, made) ->
            Future.succeededFuture(
                made.intent()
                    .objectionToCapture(clock.millis())
                    .<Decision>map(
                        reason -> new Decision.Refuse(Problem.of(PaymentPolicy.problem(reason))))
                    .orElseGet(() -> new Decision.Sign(words.apply(made)))));
  }

  private static Position hold(MerchantIntent made) {
    if (made.intent().state() instanceof State.Authorised authorised) {
      return authorised.hold().position();
    }
    throw new IllegalStateException("captured, but not authorised: " + made.number());
  }
}
