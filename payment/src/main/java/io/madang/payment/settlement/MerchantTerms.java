package io.madang.payment.settlement;

import io.madang.ledger.Amount;
import java.util.List;

/**
 * What a merchant's settlement of a day begins with.
 *
 * @param carried coins carried on the chain from the settlement before; may be negative
 * @param owed charges that could not be taken before; negative when the operator owes them
 * @param redeemable the merchant's available coins when the run is made: what was spent or given
 *     back since the day ended cannot be paid out any more
 * @param fees what captures cost
 * @param adjustments corrections of this day
 * @param leastPayout a smaller amount is carried, at least 1
 */
public record MerchantTerms(
    long carried,
    long owed,
    long redeemable,
    FeeSchedule fees,
    List<Adjustment> adjustments,
    long leastPayout) {
  public MerchantTerms {
    adjustments = List.copyOf(adjustments);
    if (redeemable < 0 || leastPayout < 1 || redeemable > Amount.MAX_MINOR_UNITS) {
      throw new IllegalArgumentException("not terms: " + redeemable + ", " + leastPayout);
    }
  }

  /** No fees, nothing carried or owed: a new merchant who has this much. */
  public static MerchantTerms free(long redeemable) {
    return new MerchantTerms(0, 0, redeemable, FeeSchedule.FREE, List.of(), 1);
  }
}
