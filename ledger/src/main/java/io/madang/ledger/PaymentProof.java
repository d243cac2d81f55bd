package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.MerklePath;
import io.madang.chain.TransactionResult;
import java.util.List;
import java.util.Optional;

/**
 * Shows that a payment was made: its result, and the Merkle path from there to the root of its
 * block's results.
 *
 * @param position where the payment stands
 * @param path from the result to the root
 * @param result the payment's result, with code 0
 * @param payment what the result says
 * @param composite whether it was a payment of legs ({@code pay}), be it of one
 */
public record PaymentProof(
    Position position,
    MerklePath path,
    TransactionResult result,
    Payment payment,
    boolean composite) {

  /**
   * What a payment's result says.
   *
   * @param payer who paid
   * @param payee who was paid
   * @param amount what was paid in all
   * @param legs what it was paid with, in this order; one for a payment that is not composite
   * @param earned what the payer earned by it
   */
  public record Payment(
      AccountId payer, AccountId payee, Amount amount, List<Amount> legs, Optional<Earned> earned) {
    public Payment {
      legs = List.copyOf(legs);
    }
  }

  /**
   * What was earned by a payment.
   *
   * @param from the fund that gave it
   */
  public record Earned(long amount, AssetCode asset, AccountId from) {}
}
