package io.madang.payment.settlement;

import io.madang.chain.Hash;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Settlement;
import java.time.LocalDate;

/**
 * What a day came to for one merchant: the foot of the statement. Sums are minor units.
 *
 * <p>It adds up twice. For the coins: carriedBefore + net = charges + payout + carried, where net =
 * captures - refunds + others. For what is charged: owedBefore + fees - adjustments = charges +
 * owed.
 *
 * @param count how many postings, and leaves of {@code root}
 * @param captureCount how many of them are captures
 * @param captures their sum
 * @param refundCount how many are refunds
 * @param refunds their sum, positive
 * @param others the signed sum of all other postings
 * @param fees on captures, less what refunds gave back; may be negative
 * @param adjustments the signed sum of corrections, positive in favour of the merchant
 * @param carriedBefore coins from the settlement before
 * @param owedBefore charges from before that were not taken yet
 * @param charges what the operator takes now, negative when it gives
 * @param payout what is redeemed and paid to the bank account
 * @param carried coins left for the next settlement
 * @param owed charges left for the next settlement
 */
public record MerchantDay(
    AccountId merchant,
    AssetCode asset,
    LocalDate day,
    long count,
    Hash root,
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
    long owed) {

  public MerchantDay {
    // Pair of the sums in SettlementRun: whoever changes one finds out here.
    if (carriedBefore + captures - refunds + others != charges + payout + carried
        || owedBefore + fees - adjustments != charges + owed) {
      throw new IllegalStateException("the day does not add up for " + merchant);
    }
  }

  /** What the merchant's coins changed by through the day's postings. */
  public long net() {
    return captures - refunds + others;
  }

  /**
   * The same day with as much charged and paid out as can be now; whatever was to be charged and
   * paid before is not looked at.
   *
   * @param redeemable the merchant's available coins: what was spent or given back since the day
   *     ended cannot be paid out any more
   * @param leastPayout a smaller amount is carried
   */
  public MerchantDay payable(long redeemable, long leastPayout) {
    long due = carriedBefore + net();
    long chargesDue = owedBefore + fees - adjustments;
    // The operator takes no more than is due to the merchant and still there; it gives in full.
    long there = Math.max(0, Math.min(due, redeemable));
    long chargesNow = Math.min(chargesDue, there);
    long possible = Math.min(due - chargesNow, redeemable - chargesNow);
    long payoutNow = possible < leastPayout ? 0 : possible;
    return with(chargesNow, payoutNow, due - chargesNow - payoutNow, chargesDue - chargesNow);
  }

  private MerchantDay with(long newCharges, long newPayout, long newCarried, long newOwed) {
    return new MerchantDay(
        merchant,
        asset,
        day,
        count,
        root,
        captureCount,
        captures,
        refundCount,
        refunds,
        others,
        fees,
        adjustments,
        carriedBefore,
        owedBefore,
        newCharges,
        newPayout,
        newCarried,
        newOwed);
  }

  /**
   * A further attempt at a day whose last payout was voided: it covers no postings, for those are
   * covered already, only what is carried and owed. Nothing is charged or paid yet, see {@link
   * #payable}.
   */
  public static MerchantDay further(
      AccountId merchant, AssetCode asset, LocalDate day, long carried, long owed) {
    return new MerchantDay(
        merchant,
        asset,
        day,
        0,
        Settlement.NO_POSTINGS,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        carried,
        owed,
        0,
        0,
        carried,
        owed);
  }

  /** Every figure, in one line of text that stays the same with every version of Java. */
  String figures() {
    return "%s %s %s %d %s %d %d %d %d %d %d %d %d %d %d %d %d %d\n"
        .formatted(
            merchant,
            asset,
            day,
            count,
            root,
            captureCount,
            captures,
            refundCount,
            refunds,
            others,
            fees,
            adjustments,
            carriedBefore,
            owedBefore,
            charges,
            payout,
            carried,
            owed);
  }

  /**
   * The first attempt to settle the day on the chain.
   *
   * @param run what the operator calls the run: a reference of the ledger
   */
  public Settlement settlement(String run) {
    return settlement(run, 1);
  }

  /** An attempt to settle the day on the chain; each further one follows a voided one. */
  public Settlement settlement(String run, int attempt) {
    return new Settlement(
        merchant,
        asset,
        day.toEpochDay(),
        attempt,
        run,
        count,
        root,
        net(),
        charges,
        payout,
        carried);
  }
}
