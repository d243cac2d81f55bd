package io.madang.gateway.bank;

import io.madang.chain.Statement;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.Grant;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * The bank's side of charging coins. An operator puts the real bank behind this; {@link SampleBank}
 * stands in for it in the demo and in tests.
 *
 * <p>Both calls may come again with the same deposit after a crash or a lost answer and must then
 * mean the same deposit.
 */
public interface Bank {
  /**
   * Money that a person puts in.
   *
   * @param reference names the deposit at the bank and on the chain; unique for ever
   * @param amount the money, and so the coins that are issued for it
   * @param bonus what a programme is to add to them
   */
  record Deposit(String reference, AccountId account, Amount amount, Optional<Grant> bonus) {}

  /** How a deposit stands. */
  sealed interface Standing {
    /** The bank has the money. */
    record Received() implements Standing {}

    /** The bank does not know yet; ask again. */
    record Awaited() implements Standing {}

    /** There will be no money. */
    record Rejected(String reason) implements Standing {}
  }

  /** Asks how a deposit stands; the first time also asks for it. */
  Future<Standing> standing(Deposit deposit);

  /**
   * The approvers' words for a deposit that was received: a signed {@code asset.issue}.
   *
   * @param statementId 32 hexadecimal digits, the same for the same deposit
   */
  Future<Statement> approve(Deposit deposit, String chain, String statementId);
}
