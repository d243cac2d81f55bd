package io.madang.ledger;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.ledger.Rows.UsedId;
import io.madang.ledger.Step.Accepted;
import io.madang.ledger.Step.Change;
import io.madang.ledger.Step.Decision;
import io.madang.ledger.Step.Rejected;

/**
 * Decides about transactions: first what concerns every one of them, in the order of {@link
 * LedgerRefusal}, then the operation. Deciding changes nothing.
 */
final class Transactions {
  private final StateView view;

  Transactions(StateView view) {
    this.view = view;
  }

  /** What is decided. */
  sealed interface Verdict {}

  /** There is nothing to do. */
  record Answered(Outcome outcome) implements Verdict {}

  /** It takes effect as soon as {@code change} is applied; the id is then used up. */
  record Due(UsedId id, byte[] data, Change change) implements Verdict {}

  Verdict decide(LedgerCandidate candidate, Position position, long timeMillis) {
    var transaction = candidate.transaction();
    long validUntilMillis = transaction.payload().validUntilMillis();
    if (validUntilMillis < timeMillis) {
      return refused(LedgerRefusal.EXPIRED);
    }
    if (validUntilMillis - timeMillis > Step.MAX_VALIDITY_MILLIS) {
      return refused(LedgerRefusal.VALID_TOO_LONG);
    }
    int signerSlot = view.accountSlotOf(transaction.signer());
    if (signerSlot == StateView.NONE) {
      return refused(LedgerRefusal.UNKNOWN_SIGNER);
    }
    var signer = view.account(signerSlot);
    var id = Step.usedId(signer.id(), transaction);
    var use = view.use(id);
    if (use != null) {
      return use.statement().equals(candidate.hash())
          ? new Answered(new Outcome.DoneBefore(use.position(), use.data().clone()))
          : refused(LedgerRefusal.ID_CONFLICT);
    }
    var key = signer.find(transaction.signer());
    if (key == null || key.revoked()) {
      return refused(LedgerRefusal.KEY_REVOKED);
    }
    if (!key.isLive(timeMillis)) {
      return refused(LedgerRefusal.KEY_EXPIRED);
    }
    long day = view.day(timeMillis);
    var step = new Step(view, position, timeMillis, day, candidate, signerSlot, signer);
    return switch (decide(step)) {
      case Rejected(var outcome) -> new Answered(outcome);
      case Accepted(var data, var change) -> new Due(id, data, change);
    };
  }

  private static Answered refused(LedgerRefusal refusal) {
    return new Answered(refusal.outcome());
  }

  private static Decision decide(Step step) {
    return switch (step.candidate().operation()) {
      case Operation.Transfer transfer -> PaymentRules.transfer(step, transfer);
      case Operation.PlaceHold hold -> HoldRules.place(step, hold);
      case Operation.Capture capture -> HoldRules.capture(step, capture);
      case Operation.Release release -> HoldRules.release(step, release);
      case Operation.ChargeMandate charge -> PaymentRules.chargeMandate(step, charge);
      case Operation.Refund refund -> PaymentRules.refund(step, refund);
      case Operation.Issue issue -> SupplyRules.issue(step, issue);
      case Operation.Redeem redeem -> SupplyRules.redeem(step, redeem);
      case Operation.OpenAccount open -> AccountRules.open(step, open);
      case Operation.SetLimits limits -> AccountRules.setLimits(step, limits);
      case Operation.AddKey add -> AccountRules.addKey(step, add);
      case Operation.RevokeKey revoke -> AccountRules.revokeKey(step, revoke);
      case Operation.Settle settle -> SettlementRules.settle(step, settle);
      case Operation.SetAssetRules rules -> ConditionRules.setRules(step, rules);
      case Operation.SetAttributes attributes -> ConditionRules.setAttributes(step, attributes);
      case Operation.Sweep sweep -> ConditionRules.sweep(step, sweep);
      case Operation.Pay pay -> CompositeRules.pay(step, pay);
      case Operation.SetProgramme programme -> ProgrammeRules.set(step, programme);
      case Operation.Reward reward -> ProgrammeRules.reward(step, reward);
      case Operation.Buy buy -> ProgrammeRules.buy(step, buy);
      case Operation.VoidPayout undo -> SettlementRules.voidPayout(step, undo);
    };
  }
}
