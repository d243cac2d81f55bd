package io.madang.ledger;

import io.madang.ledger.Rows.AccountBalance;
import io.madang.ledger.Step.Accepted;
import io.madang.ledger.Step.Decision;
import io.madang.ledger.Words.ProgrammeApproval;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Setting programmes, rewards from them, and sales of a fixed stock. */
final class ProgrammeRules {
  private ProgrammeRules() {}

  /** The fund's owner signs, since it is the fund that pays; the asset's approvers agree. */
  static Decision set(Step step, Operation.SetProgramme operation) {
    var view = step.view();
    var words = operation.words();
    var nestedFault = SupplyRules.nestedFault(step, operation.approvals());
    if (nestedFault != null) {
      return Step.reject(nestedFault);
    }
    int slot = view.programmeSlot(words.code());
    var before = slot == StateView.NONE ? null : view.programme(slot);
    if (!words.fund().equals(step.signer().id()) || (before != null && !isSame(before, words))) {
      return Step.reject(LedgerRefusal.PROGRAMME_MISMATCH);
    }
    int assetSlot = view.assetSlot(words.asset());
    if (assetSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ASSET);
    }
    var price = words.terms().price();
    if (price.isPresent() && view.assetSlot(price.get().asset()) == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ASSET);
    }
    if (!ConditionRules.isFund(step.signer().kind())) {
      return Step.reject(LedgerRefusal.NOT_FUND);
    }
    var approvalFault =
        SupplyRules.approvalFault(
            step, view.asset(assetSlot), words, operation.approvals(), new HashSet<>());
    if (approvalFault != null) {
      return Step.reject(approvalFault);
    }
    long from = words.terms().fromMillis();
    if (from < step.timeMillis()
        || (before != null && from <= before.terms().getLast().fromMillis())) {
      return Step.reject(LedgerRefusal.RULES_NOT_AHEAD);
    }
    var terms = new ArrayList<ProgrammeTerms>();
    if (before != null) {
      terms.addAll(inEffectOrLater(step, before));
    }
    terms.add(words.terms());
    var programme =
        new Programme(
            words.code(),
            words.kind(),
            words.fund(),
            words.asset(),
            before == null ? 0 : before.given(),
            before == null ? 1 : before.version() + 1,
            terms);
    return new Accepted(
        ResultData.programme(programme, from), state -> state.setProgramme(slot, programme));
  }

  private static boolean isSame(Programme before, ProgrammeApproval words) {
    return before.kind() == words.kind()
        && before.fund().equals(words.fund())
        && before.asset().equals(words.asset());
  }

  private static List<ProgrammeTerms> inEffectOrLater(Step step, Programme programme) {
    var all = programme.terms();
    return all.subList(all.indexOf(programme.at(step.timeMillis())), all.size());
  }

  static Decision reward(Step step, Operation.Reward operation) {
    var view = step.view();
    int slot = view.programmeSlot(operation.grant().programme());
    var programmeFault =
        Granting.fault(
            step,
            slot,
            programme ->
                programme.kind() == ProgrammeKind.REWARD
                    && programme.fund().equals(step.signer().id()));
    if (programmeFault != null) {
      return Step.reject(programmeFault);
    }
    int payeeSlot = view.accountSlot(operation.to());
    if (payeeSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    long amount = operation.grant().amount();
    var granting = Granting.of(step, slot, payeeSlot, amount);
    int asset = view.assetSlot(granting.programme().asset());
    var receiverFault = receiverFault(step, asset, payeeSlot);
    if (receiverFault != null) {
      return Step.reject(receiverFault);
    }
    var moves = new Moves(view);
    if (overflows(step, asset, view.balance(payeeSlot, asset), amount)) {
      return Step.reject(LedgerRefusal.OVER_HOLDING_CAP);
    }
    var fault = granting.fault(granting.terms().amount());
    if (fault != null) {
      return Step.reject(fault);
    }
    if (!granting.move(view, moves)) {
      return Step.reject(LedgerRefusal.FUND_EMPTY);
    }
    return new Accepted(
        ResultData.reward(granting.programme(), operation),
        state -> {
          moves.applyTo(state);
          granting.record(state);
        });
  }

  /** A person takes one lot of the stock, for the price that the person saw. */
  static Decision buy(Step step, Operation.Buy operation) {
    var view = step.view();
    int slot = view.programmeSlot(operation.programme());
    var programmeFault =
        Granting.fault(
            step,
            slot,
            programme ->
                programme.kind() == ProgrammeKind.SALE
                    && programme
                        .at(step.timeMillis())
                        .price()
                        .equals(Optional.of(operation.price())));
    if (programmeFault != null) {
      return Step.reject(programmeFault);
    }
    long lot = view.programme(slot).at(step.timeMillis()).amount();
    var granting = Granting.of(step, slot, step.signerSlot(), lot);
    if (granting.isAboveShare()) {
      return Step.reject(LedgerRefusal.BOUGHT_BEFORE);
    }
    if (granting.isAboveTotal()) {
      return Step.reject(LedgerRefusal.SOLD_OUT);
    }
    var programme = granting.programme();
    int bought = view.assetSlot(programme.asset());
    int coin = view.assetSlot(operation.price().asset());
    int fundSlot = view.accountSlot(programme.fund());
    var receiverFault = receiverFault(step, bought, step.signerSlot());
    if (receiverFault != null) {
      return Step.reject(receiverFault);
    }
    var coinRules = view.rulesOf(coin, step.timeMillis());
    if (coinRules.isExpired(step.timeMillis())) {
      return Step.reject(LedgerRefusal.ASSET_EXPIRED);
    }
    long price = operation.price().minorUnits();
    var buyer = view.balance(step.signerSlot(), coin);
    var limit =
        PaymentRules.limitFault(coinRules.within(step.signer().limits()), buyer, price, step.day());
    if (limit != null) {
      return Step.reject(limit);
    }
    if (buyer.available() < price) {
      return PaymentRules.insufficientOwnFunds(buyer);
    }
    var moves = new Moves(view);
    moves.set(buyer.pay(price, step.day()));
    moves.add(fundSlot, coin, price);
    if (overflows(step, bought, moves.balance(step.signerSlot(), bought), lot)) {
      return Step.reject(LedgerRefusal.OVER_HOLDING_CAP);
    }
    if (!granting.move(view, moves)) {
      return Step.reject(LedgerRefusal.FUND_EMPTY);
    }
    long left = granting.terms().total() - programme.given() - lot;
    return new Accepted(
        ResultData.sold(programme, lot, step.signer().id(), operation.price(), left),
        state -> {
          moves.applyTo(state);
          granting.record(state);
        });
  }

  /** Programmes give to persons, and nothing that has expired. */
  private static @Nullable LedgerRefusal receiverFault(Step step, int asset, int account) {
    if (step.view().rulesOf(asset, step.timeMillis()).isExpired(step.timeMillis())) {
      return LedgerRefusal.ASSET_EXPIRED;
    }
    return step.view().account(account).kind() == AccountKind.PERSON
        ? null
        : LedgerRefusal.NOT_PERSON;
  }

  private static boolean overflows(Step step, int asset, AccountBalance balance, long amount) {
    return AssetConditions.holdingFault(
            step.view().rulesOf(asset, step.timeMillis()), AccountKind.PERSON, balance, amount)
        != null;
  }
}
