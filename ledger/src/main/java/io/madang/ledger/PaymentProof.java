package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import java.util.List;

/**
 * Shows that a payment was made: its result, and the Merkle path from there to the root of its
 * block's results.
 *
 * @param position where the payment stands
 * @param total how many results its block has
 * @param path the siblings from the leaf to the root
 * @param outcome the result's data, canonical JSON
 * @param payment what the outcome says
 */
public record PaymentProof(
    Position position, int total, List<Hash> path, byte[] outcome, Payment payment) {

  /**
   * What a payment's result says.
   *
   * @param payer who paid
   * @param payee who was paid
   */
  public record Payment(AccountId payer, AccountId payee, Amount amount) {}

  public PaymentProof {
    path = List.copyOf(path);
  }
}
