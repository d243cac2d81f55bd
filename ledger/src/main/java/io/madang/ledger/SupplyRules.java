package io.madang.ledger;

import io.madang.ledger.Rows.BankReference;
import io.madang.ledger.Step.Accepted;
import io.madang.ledger.Step.Decision;
import io.madang.ledger.Words.Approval;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Issuing against bank deposits and redeeming against bank transfers: the only ways in and out. */
final class SupplyRules {
  private SupplyRules() {}

  static Decision issue(Step step, Operation.Issue operation) {
    var view = step.view();
    var nestedFault = nestedFault(step, operation.approvals());
    if (nestedFault != null) {
      return Step.reject(nestedFault);
    }
    var bonus = operation.bonus().orElse(null);
    int programmeSlot = bonus == null ? StateView.NONE : view.programmeSlot(bonus.programme());
    if (bonus != null) {
      var programmeFault =
          Granting.fault(
              step,
              programmeSlot,
              programme ->
                  programme.kind().isOfCharges()
                      && programme.asset().equals(operation.amount().asset()));
      if (programmeFault != null) {
        return Step.reject(programmeFault);
      }
    }
    int assetSlot = view.assetSlot(operation.amount().asset());
    if (assetSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ASSET);
    }
    int accountSlot = view.accountSlot(operation.account());
    if (accountSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    var rules = view.rulesOf(assetSlot, step.timeMillis());
    if (rules.isExpired(step.timeMillis())) {
      return Step.reject(LedgerRefusal.ASSET_EXPIRED);
    }
    var kind = view.account(accountSlot).kind();
    if (bonus != null && kind != AccountKind.PERSON) {
      return Step.reject(LedgerRefusal.NOT_PERSON);
    }
    var asset = view.asset(assetSlot);
    var wanted = new Approval(operation.account(), operation.amount(), operation.bankReference());
    var fault = approvalFaultWithSigner(step, asset, wanted, operation.approvals());
    if (fault != null) {
      return Step.reject(fault);
    }
    var reference = new BankReference(assetSlot, false, operation.bankReference());
    if (view.isUsed(reference)) {
      return Step.reject(LedgerRefusal.BANK_REFERENCE_USED);
    }
    long amount = operation.amount().minorUnits();
    if (asset.supply() > Amount.MAX_MINOR_UNITS - amount
        || asset.issued() > Long.MAX_VALUE - amount) {
      return Step.reject(LedgerRefusal.SUPPLY_LIMIT);
    }
    var moves = new Moves(view);
    long brings = bonus == null ? amount : amount + bonus.amount();
    var holding =
        AssetConditions.holdingFault(rules, kind, moves.balance(accountSlot, assetSlot), brings);
    if (holding != null) {
      return Step.reject(holding);
    }
    moves.add(accountSlot, assetSlot, amount);
    var granting =
        bonus == null ? null : Granting.of(step, programmeSlot, accountSlot, bonus.amount());
    if (granting != null) {
      // A discount is a share of what the charge brings, a bonus of what it costs.
      boolean isDiscount = granting.programme().kind() == ProgrammeKind.DISCOUNT;
      var bonusFault = granting.fault(granting.terms().share(isDiscount ? brings : amount));
      if (bonusFault != null) {
        return Step.reject(bonusFault);
      }
      if (!granting.move(view, moves)) {
        return Step.reject(LedgerRefusal.FUND_EMPTY);
      }
    }
    return new Accepted(
        ResultData.issued(
            operation.account(),
            operation.amount(),
            granting == null ? null : granting.programme(),
            bonus),
        state -> {
          state.assets.set(assetSlot, asset.withIssued(amount));
          state.addBankReference(reference);
          moves.applyTo(state);
          if (granting != null) {
            granting.record(state);
          }
        });
  }

  static Decision redeem(Step step, Operation.Redeem operation) {
    var view = step.view();
    var nestedFault = nestedFault(step, operation.approvals());
    if (nestedFault != null) {
      return Step.reject(nestedFault);
    }
    int assetSlot = view.assetSlot(operation.amount().asset());
    if (assetSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ASSET);
    }
    var asset = view.asset(assetSlot);
    var holder = step.signer().id();
    var wanted = new Approval(holder, operation.amount(), operation.bankReference());
    var fault = approvalFault(step, asset, wanted, operation.approvals(), new HashSet<>());
    if (fault != null) {
      return Step.reject(fault);
    }
    var reference = new BankReference(assetSlot, true, operation.bankReference());
    if (view.isUsed(reference)) {
      return Step.reject(LedgerRefusal.BANK_REFERENCE_USED);
    }
    long amount = operation.amount().minorUnits();
    var balance = view.balance(step.signerSlot(), assetSlot);
    if (balance.available() < amount) {
      return PaymentRules.insufficientOwnFunds(balance);
    }
    // Whoever charged at a discount would otherwise gain it by charging and redeeming.
    if (step.signer().kind() == AccountKind.PERSON && view.isChargedWithBonus(assetSlot)) {
      return Step.reject(LedgerRefusal.CHARGED_WITH_BONUS);
    }
    return new Accepted(
        ResultData.redeemed(holder, operation.amount()),
        state -> {
          state.assets.set(assetSlot, asset.withRedeemed(amount));
          state.addBankReference(reference);
          state.setBalance(balance.plus(-amount));
        });
  }

  static <W> @Nullable LedgerRefusal nestedFault(Step step, List<Nested<W>> approvals) {
    for (var approval : approvals) {
      var validity = step.validityFault(approval, Step.MAX_VALIDITY_MILLIS);
      if (validity != null) {
        return validity;
      }
    }
    for (var approval : approvals) {
      var signer = step.signerFault(approval);
      if (signer != null) {
        return signer;
      }
    }
    return null;
  }

  /** Who sends the transaction must be an approver, and approves by that. */
  static <W> @Nullable LedgerRefusal approvalFaultWithSigner(
      Step step, Asset asset, W wanted, List<Nested<W>> approvals) {
    var signer = step.signer().id();
    return asset.approvers().contains(signer)
        ? approvalFault(step, asset, wanted, approvals, new HashSet<>(Set.of(signer)))
        : LedgerRefusal.NOT_APPROVER;
  }

  /** Every approval must count: one that is wrong is not ignored. */
  static <W> @Nullable LedgerRefusal approvalFault(
      Step step, Asset asset, W wanted, List<Nested<W>> approvals, Set<AccountId> approvers) {
    for (var approval : approvals) {
      if (!asset.approvers().contains(approver(step, approval))) {
        return LedgerRefusal.NOT_APPROVER;
      }
    }
    for (var approval : approvals) {
      if (!approval.words().equals(wanted)) {
        return LedgerRefusal.APPROVAL_MISMATCH;
      }
    }
    for (var approval : approvals) {
      if (!approvers.add(approver(step, approval))) {
        return LedgerRefusal.APPROVER_TWICE;
      }
    }
    return approvers.size() < asset.threshold() ? LedgerRefusal.TOO_FEW_APPROVALS : null;
  }

  private static AccountId approver(Step step, Nested<?> approval) {
    return step.view().account(step.view().accountSlotOf(approval.statement().signer())).id();
  }
}
