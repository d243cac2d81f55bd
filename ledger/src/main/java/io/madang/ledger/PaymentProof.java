package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.MerklePath;
import io.madang.chain.TransactionResult;

/**
 * Shows that a payment was made: its result, and the Merkle path from there to the root of its
 * block's results.
 *
 * @param position where the payment stands
 * @param path from the result to the root
 * @param result the payment's result, with code 0
 * @param payment what the result says
 */
public record PaymentProof(
    Position position, MerklePath path, TransactionResult result, Payment payment) {

  /**
   * What a payment's result says.
   *
   * @param payer who paid
   * @param payee who was paid
   */
  public record Payment(AccountId payer, AccountId payee, Amount amount) {}
}
