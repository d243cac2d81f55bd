package io.madang.gateway.statement;

import io.madang.gateway.settlement.Attempt;
import io.madang.payment.settlement.MerchantDay;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What some days came to, in minor units, over all attempts to pay them out. As for one day
 * (MerchantDay), carriedBefore + captures - refunds + others = charges + payout + carried, and
 * owedBefore + fees - adjustments = charges + owed.
 *
 * @param payout what went to the bank, less what came back before the settlement that followed
 * @param paid the part of what went to the bank that it has booked
 * @param underWay the part that is on its way, or will be
 * @param returned the part that the bank did not pay
 */
record Figures(
    long postings,
    long captureCount,
    long captures,
    long refundCount,
    long refunds,
    long others,
    long fees,
    long adjustments,
    long carriedBefore,
    long owedBefore,
    long charges,
    long payout,
    long carried,
    long owed,
    long paid,
    long underWay,
    long returned) {

  /** The sum of attempts that follow each other on the chain; at least one. */
  static Figures of(List<Attempt> attempts) {
    long cameBack = 0;
    for (int i = 1; i < attempts.size(); i++) {
      // What is carried changes between two settlements by payouts that were voided, and only so.
      cameBack =
          Math.addExact(
              cameBack,
              Math.subtractExact(
                  attempts.get(i).figures().carriedBefore(),
                  attempts.get(i - 1).figures().carried()));
    }
    var first = attempts.getFirst().figures();
    var last = attempts.getLast().figures();
    return new Figures(
        sum(attempts, MerchantDay::count),
        sum(attempts, MerchantDay::captureCount),
        sum(attempts, MerchantDay::captures),
        sum(attempts, MerchantDay::refundCount),
        sum(attempts, MerchantDay::refunds),
        sum(attempts, MerchantDay::others),
        sum(attempts, MerchantDay::fees),
        sum(attempts, MerchantDay::adjustments),
        first.carriedBefore(),
        first.owedBefore(),
        sum(attempts, MerchantDay::charges),
        Math.subtractExact(sum(attempts, MerchantDay::payout), cameBack),
        last.carried(),
        last.owed(),
        payouts(attempts, Attempt.Status.PAID),
        Math.addExact(
            payouts(attempts, Attempt.Status.PENDING),
            payouts(attempts, Attempt.Status.ON_ITS_WAY)),
        payouts(attempts, Attempt.Status.RETURNED));
  }

  private static long payouts(List<Attempt> attempts, Attempt.Status status) {
    return sum(
        attempts.stream().filter(attempt -> attempt.status() == status).toList(),
        MerchantDay::payout);
  }

  private static long sum(List<Attempt> attempts, ToLongFunction<MerchantDay> figure) {
    long sum = 0;
    for (var attempt : attempts) {
      sum = Math.addExact(sum, figure.applyAsLong(attempt.figures()));
    }
    return sum;
  }

  /** What the coins changed by through the postings. */
  long net() {
    return captures - refunds + others;
  }

  /** As the answer about one settled day names them. */
  JsonObject view() {
    return new JsonObject()
        .put("postings", postings)
        .put("captureCount", captureCount)
        .put("captures", captures)
        .put("refundCount", refundCount)
        .put("refunds", refunds)
        .put("others", others)
        .put("fees", fees)
        .put("adjustments", adjustments)
        .put("carriedBefore", carriedBefore)
        .put("owedBefore", owedBefore)
        .put("charges", charges)
        .put("payout", payout)
        .put("carried", carried)
        .put("owed", owed);
  }

  /** With what became of the payouts. */
  JsonObject viewWithPayouts() {
    return view().put("paid", paid).put("underWay", underWay).put("returned", returned);
  }
}
