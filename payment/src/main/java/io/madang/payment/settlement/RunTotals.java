package io.madang.payment.settlement;

/**
 * The sums over all merchants of a run, in minor units; the names are those of {@link MerchantDay}.
 *
 * @param merchants how many merchants have a statement
 * @param payouts how many of them are paid
 */
public record RunTotals(
    long merchants,
    long postings,
    long captures,
    long refunds,
    long others,
    long fees,
    long adjustments,
    long carriedBefore,
    long charges,
    long payouts,
    long payoutSum,
    long carried) {
  static final RunTotals NONE = new RunTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  RunTotals plus(MerchantDay day) {
    return new RunTotals(
        merchants + 1,
        postings + day.count(),
        Math.addExact(captures, day.captures()),
        Math.addExact(refunds, day.refunds()),
        Math.addExact(others, day.others()),
        Math.addExact(fees, day.fees()),
        Math.addExact(adjustments, day.adjustments()),
        Math.addExact(carriedBefore, day.carriedBefore()),
        Math.addExact(charges, day.charges()),
        payouts + (day.payout() > 0 ? 1 : 0),
        Math.addExact(payoutSum, day.payout()),
        Math.addExact(carried, day.carried()));
  }
}
