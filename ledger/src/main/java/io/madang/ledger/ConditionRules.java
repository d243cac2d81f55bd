package io.madang.ledger;

import io.madang.ledger.Rows.AccountBalance;
import io.madang.ledger.Rows.Placed;
import io.madang.ledger.Rows.RulesOfAsset;
import io.madang.ledger.Step.Accepted;
import io.madang.ledger.Step.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Setting what assets are subject to, saying what merchants are, and collecting what expired. The
 * operators of the chain are the approvers of its first asset.
 */
final class ConditionRules {
  private static final int FIRST_ASSET = 0;

  private ConditionRules() {}

  static Decision setRules(Step step, Operation.SetAssetRules operation) {
    var view = step.view();
    var words = operation.words();
    var nestedFault = SupplyRules.nestedFault(step, operation.approvals());
    if (nestedFault != null) {
      return Step.reject(nestedFault);
    }
    int assetSlot = view.assetSlot(words.asset());
    if (assetSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ASSET);
    }
    var rules = words.rules();
    var receiverFault = rules.expiredTo().map(to -> fundFault(view, to)).orElse(null);
    if (receiverFault != null) {
      return Step.reject(receiverFault);
    }
    var asset = view.asset(assetSlot);
    var approvalFault =
        SupplyRules.approvalFaultWithSigner(step, asset, words, operation.approvals());
    if (approvalFault != null) {
      return Step.reject(approvalFault);
    }
    if (asset.kind() == AssetKind.COIN) {
      return Step.reject(LedgerRefusal.RULES_OF_COIN);
    }
    int slot = view.rulesSlot(assetSlot);
    var before = slot == StateView.NONE ? List.<ScheduledRules>of() : view.rules(slot).schedule();
    var last = before.isEmpty() ? null : before.getLast();
    if (words.fromMillis() < step.timeMillis()
        || (last != null && words.fromMillis() <= last.fromMillis())) {
      return Step.reject(LedgerRefusal.RULES_NOT_AHEAD);
    }
    if (last != null
        && rules.expiresMillis() < last.rules().expiresMillis()
        && last.rules().expiresMillis() != AssetRules.NEVER) {
      return Step.reject(LedgerRefusal.EXPIRY_EARLIER);
    }
    long version = last == null ? 1 : last.version() + 1;
    var schedule = new ArrayList<>(inEffectOrLater(before, step.timeMillis()));
    schedule.add(new ScheduledRules(version, words.fromMillis(), rules));
    var row = new RulesOfAsset(assetSlot, schedule);
    return new Accepted(
        ResultData.rules(words.asset(), words.fromMillis(), version),
        state -> state.setRules(slot, row));
  }

  private static @Nullable LedgerRefusal fundFault(StateView view, AccountId account) {
    int slot = view.accountSlot(account);
    if (slot == StateView.NONE) {
      return LedgerRefusal.UNKNOWN_ACCOUNT;
    }
    return isFund(view.account(slot).kind()) ? null : LedgerRefusal.NOT_FUND;
  }

  /** What is paid out of rules, or collected by them, is no merchant's sale and no person's own. */
  static boolean isFund(AccountKind kind) {
    return switch (kind) {
      case ISSUER, SYSTEM -> true;
      case PERSON, MERCHANT, MACHINE -> false;
    };
  }

  /** Without what was superseded: the chain's transactions are the history. */
  private static List<ScheduledRules> inEffectOrLater(List<ScheduledRules> all, long timeMillis) {
    int first = 0;
    while (first + 1 < all.size() && all.get(first + 1).fromMillis() <= timeMillis) {
      first++;
    }
    return all.subList(first, all.size());
  }

  static Decision setAttributes(Step step, Operation.SetAttributes operation) {
    var view = step.view();
    var words = operation.words();
    var nestedFault = SupplyRules.nestedFault(step, operation.approvals());
    if (nestedFault != null) {
      return Step.reject(nestedFault);
    }
    int slot = view.accountSlot(words.account());
    if (slot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    var approvalFault =
        SupplyRules.approvalFaultWithSigner(
            step, view.asset(FIRST_ASSET), words, operation.approvals());
    if (approvalFault != null) {
      return Step.reject(approvalFault);
    }
    return new Accepted(
        ResultData.attributes(words),
        state -> state.setPlaced(new Placed(slot, words.attributes())));
  }

  static Decision sweep(Step step, Operation.Sweep operation) {
    var view = step.view();
    int assetSlot = view.assetSlot(operation.asset());
    if (assetSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ASSET);
    }
    var slots = operation.accounts().stream().mapToInt(view::accountSlot).toArray();
    for (int slot : slots) {
      if (slot == StateView.NONE) {
        return Step.reject(LedgerRefusal.UNKNOWN_ACCOUNT);
      }
    }
    for (int slot : slots) {
      // What merchants took before the expiry was a sale, and is theirs.
      if (view.account(slot).kind() != AccountKind.PERSON) {
        return Step.reject(LedgerRefusal.NOT_PERSON);
      }
    }
    if (!view.asset(assetSlot).approvers().contains(step.signer().id())) {
      return Step.reject(LedgerRefusal.NOT_APPROVER);
    }
    var rules = view.rulesOf(assetSlot, step.timeMillis());
    if (!rules.isExpired(step.timeMillis() - AssetRules.COLLECTED_AFTER_MILLIS)) {
      return Step.reject(LedgerRefusal.NOT_COLLECTED_YET);
    }
    var to = rules.expiredTo().orElseThrow();
    var swept = new ArrayList<AccountBalance>();
    long sum = 0;
    for (int slot : slots) {
      var balance = view.balance(slot, assetSlot);
      if (balance.available() > 0) {
        swept.add(balance);
        sum += balance.available();
      }
    }
    long amount = sum;
    var receiver = view.balance(view.accountSlot(to), assetSlot);
    return new Accepted(
        ResultData.swept(new Amount(amount, operation.asset()), to, swept.size()),
        state -> {
          swept.forEach(balance -> state.setBalance(balance.plus(-balance.available())));
          state.setBalance(receiver.plus(amount));
        });
  }
}
