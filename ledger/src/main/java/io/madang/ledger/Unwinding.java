package io.madang.ledger;

import io.madang.ledger.PaymentProof.Payment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What a refund gives back, leg by leg: the last leg that was paid comes back first, and before it
 * what was earned is taken back. Everything follows from the sums before and after the refund, so
 * that many small refunds come to the same as a large one.
 *
 * @param legs what the payee gives back now of each leg, in the order in which they were paid
 * @param legsInAll the sums that were ever given back of them, this refund included
 * @param earnedBack how much of what was earned is taken back now
 */
record Unwinding(List<Amount> legs, List<Long> legsInAll, long earnedBack) {

  static Unwinding of(Payment payment, long before, long after) {
    var now = new ArrayList<Amount>();
    var inAll = new ArrayList<Long>();
    long later = 0;
    for (int i = payment.legs().size() - 1; i >= 0; i--) {
      var leg = payment.legs().get(i);
      long sum = within(after - later, leg.minorUnits());
      now.addFirst(new Amount(sum - within(before - later, leg.minorUnits()), leg.asset()));
      inAll.addFirst(sum);
      later += leg.minorUnits();
    }
    long coin = payment.legs().getLast().minorUnits();
    long earnedBack =
        payment
            .earned()
            .map(
                earned ->
                    share(earned.amount(), within(after, coin), coin)
                        - share(earned.amount(), within(before, coin), coin))
            .orElse(0L);
    return new Unwinding(now, inAll, earnedBack);
  }

  private static long within(long sum, long most) {
    return Math.max(0, Math.min(sum, most));
  }

  /** The part of what was earned that goes with a part of the coins, rounded up. */
  private static long share(long earned, long part, long whole) {
    return BigInteger.valueOf(earned)
        .multiply(BigInteger.valueOf(part))
        .add(BigInteger.valueOf(whole - 1))
        .divide(BigInteger.valueOf(whole))
        .longValueExact();
  }
}
