package io.madang.payment;

import io.madang.ledger.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a payment of several legs, or its refund, was made of ({@code docs/formats.md}, section 15).
 *
 * @param legs points, then vouchers, then the coin, in the order in which they were paid
 * @param earned what the payer earned by the payment, or what the refund took back of it
 */
public record Parts(List<Leg> legs, Optional<Earned> earned) {

  /**
   * One asset's share.
   *
   * @param amount what was paid in it, or given back by this refund: then it may be 0
   * @param refunded the sum that was ever given back of it, in minor units
   */
  public record Leg(Amount amount, long refunded) {
    public Leg {
      if (refunded < 0) throw new IllegalArgumentException("given back: " + refunded);
    }
  }

  /**
   * Points beside a payment.
   *
   * @param amount what was earned, or taken back by this refund
   * @param withheld of a refund: minor units of the coin that the fund got in the place of points
   *     which the payer did not have any more
   */
  public record Earned(Amount amount, long withheld) {}

  public Parts {
    legs = List.copyOf(legs);
    if (legs.isEmpty()) throw new IllegalArgumentException("paid with nothing");
  }

  /**
   * The same payment after so much of it was given back: the last leg comes back first, whether in
   * one refund or in many.
   *
   * @param refundedInAll minor units of the price
   */
  public Parts givenBack(long refundedInAll) {
    var now = new ArrayList<Leg>();
    long left = refundedInAll;
    for (var leg : legs.reversed()) {
      long ofLeg = Math.min(left, leg.amount().minorUnits());
      now.addFirst(new Leg(leg.amount(), ofLeg));
      left -= ofLeg;
    }
    if (left != 0) throw new IllegalArgumentException("more given back than paid: " + left);
    return new Parts(now, earned);
  }
}
