package io.madang.ledger;

import io.madang.ledger.Step.Accepted;
import io.madang.ledger.Step.Decision;

/**
 * Holds: money set aside that only its payee can take. A hold ends exactly once: when it is used
 * up, by a last capture, by a release, or by block time.
 */
final class HoldRules {
  private HoldRules() {}

  static Decision place(Step step, Operation.PlaceHold operation) {
    var view = step.view();
    int asset = view.assetSlot(operation.amount().asset());
    if (asset == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ASSET);
    }
    int payeeSlot = view.accountSlot(operation.to());
    if (payeeSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    if (payeeSlot == step.signerSlot()) {
      return Step.reject(LedgerRefusal.SAME_ACCOUNT);
    }
    var rules = view.rulesOf(asset, step.timeMillis());
    var condition = AssetConditions.paymentFault(step, rules, step.signer().kind(), payeeSlot);
    if (condition != null) {
      return Step.reject(condition);
    }
    // A hold of what expires ends by then, so that a capture never meets the expiry.
    if (operation.expiresMillis() <= step.timeMillis()
        || operation.expiresMillis() - step.timeMillis() > Hold.MAX_LIFE_MILLIS
        || operation.expiresMillis() > rules.expiresMillis()) {
      return Step.reject(LedgerRefusal.HOLD_EXPIRY_OUT_OF_RANGE);
    }
    long amount = operation.amount().minorUnits();
    var payer = view.balance(step.signerSlot(), asset);
    var limits = rules.within(step.signer().limits());
    var limit = PaymentRules.limitFault(limits, payer, amount, step.day());
    if (limit != null) {
      return Step.reject(limit);
    }
    if (amount > limits.heldAtOnce() - payer.held()) {
      return Step.reject(LedgerRefusal.OVER_HELD_LIMIT);
    }
    // What a capture may take must be there now, so that a capture never fails for want of money.
    if (payer.available() < amount) {
      return PaymentRules.insufficientOwnFunds(payer);
    }
    var hold =
        new Hold(
            step.position(),
            step.signer().id(),
            operation.to(),
            operation.amount().asset(),
            amount,
            amount,
            operation.expiresMillis(),
            step.day(),
            operation.reference());
    return new Accepted(
        ResultData.hold(
            step.signer().id(), operation.to(), operation.amount(), operation.expiresMillis()),
        state -> {
          state.setBalance(payer.hold(amount, step.day()));
          state.addHold(hold);
        });
  }

  static Decision capture(Step step, Operation.Capture operation) {
    var view = step.view();
    int slot = view.holdSlot(operation.hold());
    if (slot == StateView.NONE) {
      return Step.reject(LedgerRefusal.HOLD_NOT_OPEN);
    }
    var hold = view.hold(slot);
    if (!hold.payee().equals(step.signer().id())) {
      return Step.reject(LedgerRefusal.NOT_PAYEE);
    }
    long amount = operation.amount();
    if (amount > hold.remaining()) {
      return Step.reject(LedgerRefusal.OVER_HOLD, "Left: " + hold.remaining() + ".");
    }
    int asset = view.assetSlot(hold.asset());
    var captured = view.balance(view.accountSlot(hold.payer()), asset).capture(amount);
    var payee = view.balance(step.signerSlot(), asset);
    var holding =
        AssetConditions.holdingFault(
            view.rulesOf(asset, step.timeMillis()), step.signer().kind(), payee, amount);
    if (holding != null) {
      return Step.reject(holding);
    }
    long left = hold.remaining() - amount;
    boolean ends = operation.last() || left == 0;
    return new Accepted(
        ResultData.captured(hold, amount),
        state -> {
          state.setBalance(ends ? captured.free(left, hold.day()) : captured);
          state.setBalance(payee.plus(amount));
          if (ends) {
            state.removeHold(slot, hold);
          } else {
            state.holds.set(slot, hold.withRemaining(left));
          }
        });
  }

  static Decision release(Step step, Operation.Release operation) {
    var view = step.view();
    int slot = view.holdSlot(operation.hold());
    if (slot == StateView.NONE) {
      return Step.reject(LedgerRefusal.HOLD_NOT_OPEN);
    }
    var hold = view.hold(slot);
    if (!hold.payee().equals(step.signer().id())) {
      return Step.reject(LedgerRefusal.NOT_PAYEE);
    }
    return new Accepted(
        ResultData.released(hold.remaining(), hold.position()),
        state -> free(view, state, slot, hold));
  }

  /** Ends the holds whose time has come. */
  static void expire(State state, long timeMillis) {
    var view = StateView.ofPending(state);
    for (int slot : state.holdEnds.until(timeMillis)) {
      free(view, state, slot, view.hold(slot));
    }
  }

  private static void free(StateView view, State state, int slot, Hold hold) {
    var payer = view.balance(view.accountSlot(hold.payer()), view.assetSlot(hold.asset()));
    state.setBalance(payer.free(hold.remaining(), hold.day()));
    state.removeHold(slot, hold);
  }
}
