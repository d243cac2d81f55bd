package io.madang.ledger;

import io.madang.ledger.Rows.Refunded;
import io.madang.ledger.Rows.Settled;
import io.madang.ledger.Step.Accepted;
import io.madang.ledger.Step.Decision;
import io.madang.ledger.Words.VoidApproval;
import org.jspecify.annotations.Nullable;

/**
 * Settling a merchant's day: coins end against money that a bank will pay out. Like every
 * redemption it takes the approvals that the asset asks for; the operator who signs gives one.
 */
final class SettlementRules {
  private SettlementRules() {}

  static Decision settle(Step step, Operation.Settle operation) {
    var view = step.view();
    var settlement = operation.settlement();
    var nestedFault = SupplyRules.nestedFault(step, operation.approvals());
    if (nestedFault != null) {
      return Step.reject(nestedFault);
    }
    int assetSlot = view.assetSlot(settlement.asset());
    if (assetSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ASSET);
    }
    int merchantSlot = view.accountSlot(settlement.merchant());
    if (merchantSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    if (merchantSlot == step.signerSlot()) {
      return Step.reject(LedgerRefusal.SAME_ACCOUNT);
    }
    if (settlement.payout() > 0 && !view.rulesOf(assetSlot, step.timeMillis()).forWon()) {
      return Step.reject(LedgerRefusal.NOT_FOR_WON);
    }
    var asset = view.asset(assetSlot);
    var approvalFault =
        SupplyRules.approvalFaultWithSigner(step, asset, settlement, operation.approvals());
    if (approvalFault != null) {
      return Step.reject(approvalFault);
    }
    if (!isSettled(view.account(merchantSlot).kind())) {
      return Step.reject(LedgerRefusal.NOT_MERCHANT);
    }
    if (settlement.day() >= step.day()) {
      return Step.reject(LedgerRefusal.DAY_NOT_OVER);
    }
    int settledSlot = view.settledSlot(merchantSlot, assetSlot);
    var before = settledSlot == StateView.NONE ? null : view.settled(settledSlot);
    var orderFault = orderFault(before, settlement);
    if (orderFault != null) {
      return Step.reject(orderFault);
    }
    if (!addsUp(before == null ? 0 : before.carried(), settlement)) {
      return Step.reject(LedgerRefusal.SETTLEMENT_SUM);
    }
    var merchant = view.balance(merchantSlot, assetSlot);
    long leaves = settlement.payout() + settlement.charges();
    if (merchant.available() < leaves) {
      return Step.reject(
          LedgerRefusal.INSUFFICIENT_FUNDS, "Of the merchant's: " + merchant.available() + ".");
    }
    var operator = view.balance(step.signerSlot(), assetSlot);
    if (operator.available() < -settlement.charges()) {
      return PaymentRules.insufficientOwnFunds(operator);
    }
    var settled =
        new Settled(
            merchantSlot,
            assetSlot,
            settlement.day(),
            settlement.attempt(),
            false,
            settlement.carried());
    return new Accepted(
        ResultData.settlement(step.signer().id(), settlement, view.chain()),
        state -> {
          state.setBalance(merchant.plus(-leaves));
          if (settlement.charges() != 0) {
            state.setBalance(operator.plus(settlement.charges()));
          }
          if (settlement.payout() != 0) {
            state.assets.set(assetSlot, asset.withRedeemed(settlement.payout()));
          }
          state.setSettled(settledSlot, settled);
        });
  }

  /**
   * Takes back a payout that the bank did not carry out: the coins come to be again and wait for
   * the next settlement. It is undone as a payment is refunded, once and whole.
   */
  static Decision voidPayout(Step step, Operation.VoidPayout operation) {
    var view = step.view();
    var nestedFault = SupplyRules.nestedFault(step, operation.approvals());
    if (nestedFault != null) {
      return Step.reject(nestedFault);
    }
    var proof = operation.proof();
    var settlement = proof.settlement();
    int assetSlot = view.assetSlot(settlement.asset());
    if (assetSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ASSET);
    }
    int merchantSlot = view.accountSlot(settlement.merchant());
    if (merchantSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    var asset = view.asset(assetSlot);
    var wanted = new VoidApproval(PayoutId.of(view.chain(), settlement), operation.reason());
    var approvalFault =
        SupplyRules.approvalFaultWithSigner(step, asset, wanted, operation.approvals());
    if (approvalFault != null) {
      return Step.reject(approvalFault);
    }
    long amount = settlement.payout();
    if (asset.supply() > Amount.MAX_MINOR_UNITS - amount
        || asset.issued() > Long.MAX_VALUE - amount) {
      return Step.reject(LedgerRefusal.SUPPLY_LIMIT);
    }
    if (!view.isProven(proof.position(), proof.path(), proof.result(), step.timeMillis())) {
      return Step.reject(LedgerRefusal.PAYMENT_NOT_PROVEN);
    }
    int voidSlot = view.refundSlot(proof.position());
    if (voidSlot != StateView.NONE) {
      return Step.reject(LedgerRefusal.PAYOUT_VOIDED);
    }
    int settledSlot = view.settledSlot(merchantSlot, assetSlot);
    // A settlement is proven, so that its merchant has a row.
    var settled = view.settled(settledSlot).voided(settlement);
    var merchant = view.balance(merchantSlot, assetSlot);
    return new Accepted(
        ResultData.voided(settlement, wanted, proof.position()),
        state -> {
          state.assets.set(assetSlot, asset.withIssued(amount));
          state.setBalance(merchant.plus(amount));
          state.setRefunded(voidSlot, new Refunded(proof.position(), amount, amount));
          state.setSettled(settledSlot, settled);
        });
  }

  static boolean isSettled(AccountKind kind) {
    return switch (kind) {
      case MERCHANT, MACHINE -> true;
      case PERSON, ISSUER, SYSTEM -> false;
    };
  }

  /** Days are settled in order, each once; again only after an attempt that was voided. */
  private static @Nullable LedgerRefusal orderFault(@Nullable Settled before, Settlement next) {
    if (before == null || next.day() > before.day()) {
      return next.attempt() == 1 ? null : LedgerRefusal.ATTEMPT_NOT_NEXT;
    }
    if (next.day() < before.day() || next.attempt() <= before.attempt()) {
      return LedgerRefusal.DAY_SETTLED;
    }
    return before.voided() && next.attempt() == before.attempt() + 1
        ? null
        : LedgerRefusal.ATTEMPT_NOT_NEXT;
  }

  private static boolean addsUp(long carriedBefore, Settlement settlement) {
    if ((settlement.count() == 0 || settlement.attempt() > 1) && !settlement.isOfNoPostings()) {
      return false;
    }
    long due = carriedBefore + settlement.net();
    long left = due - settlement.charges() - settlement.payout();
    // Nobody is paid, and the operator takes nothing, out of what is not due.
    boolean takes = settlement.payout() > 0 || settlement.charges() > 0;
    return left == settlement.carried() && (left >= 0 || !takes);
  }
}
