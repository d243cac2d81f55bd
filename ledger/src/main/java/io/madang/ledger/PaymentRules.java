package io.madang.ledger;

import io.madang.ledger.PaymentProof.Earned;
import io.madang.ledger.PaymentProof.Payment;
import io.madang.ledger.Rows.AccountBalance;
import io.madang.ledger.Rows.Refunded;
import io.madang.ledger.Rows.Use;
import io.madang.ledger.Step.Accepted;
import io.madang.ledger.Step.Decision;
import io.madang.ledger.Words.Mandate;
import org.jspecify.annotations.Nullable;

/** Transfers, charges of mandates, and refunds. */
final class PaymentRules {
  private PaymentRules() {}

  static Decision transfer(Step step, Operation.Transfer operation) {
    var view = step.view();
    int asset = view.assetSlot(operation.amount().asset());
    if (asset == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ASSET);
    }
    int payeeSlot = view.accountSlot(operation.to());
    if (payeeSlot == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ACCOUNT);
    }
    int payerSlot = step.signerSlot();
    if (payeeSlot == payerSlot) {
      return Step.reject(LedgerRefusal.SAME_ACCOUNT);
    }
    var rules = view.rulesOf(asset, step.timeMillis());
    var condition = AssetConditions.paymentFault(step, rules, step.signer().kind(), payeeSlot);
    if (condition != null) {
      return Step.reject(condition);
    }
    long amount = operation.amount().minorUnits();
    var payer = view.balance(payerSlot, asset);
    var limit = limitFault(rules.within(step.signer().limits()), payer, amount, step.day());
    if (limit != null) {
      return Step.reject(limit);
    }
    if (payer.available() < amount) {
      return insufficientOwnFunds(payer);
    }
    var payee = view.balance(payeeSlot, asset);
    var holding =
        AssetConditions.holdingFault(rules, view.account(payeeSlot).kind(), payee, amount);
    if (holding != null) {
      return Step.reject(holding);
    }
    return new Accepted(
        ResultData.payment(
            step.signer().id(), operation.to(), operation.amount(), operation.reference()),
        state -> pay(state, payer, payee, amount, step.day()));
  }

  static Decision chargeMandate(Step step, Operation.ChargeMandate operation) {
    var view = step.view();
    var validity = step.validityFault(operation.mandate(), Mandate.MAX_LIFE_MILLIS);
    if (validity != null) {
      return Step.reject(validity);
    }
    var signer = step.signerFault(operation.mandate());
    if (signer != null) {
      return Step.reject(signer);
    }
    var limit = operation.mandate().words().limit();
    int asset = view.assetSlot(limit.asset());
    if (asset == StateView.NONE) {
      return Step.reject(LedgerRefusal.UNKNOWN_ASSET);
    }
    var mandate = operation.mandate().statement();
    int payerSlot = view.accountSlotOf(mandate.signer());
    if (payerSlot == step.signerSlot()) {
      return Step.reject(LedgerRefusal.SAME_ACCOUNT);
    }
    var payerAccount = view.account(payerSlot);
    var rules = view.rulesOf(asset, step.timeMillis());
    var condition =
        AssetConditions.paymentFault(step, rules, payerAccount.kind(), step.signerSlot());
    if (condition != null) {
      return Step.reject(condition);
    }
    // A mandate uses up an id of its payer, as a transfer would.
    var mandateId = Step.usedId(payerAccount.id(), mandate);
    if (view.use(mandateId) != null) {
      return Step.reject(LedgerRefusal.MANDATE_USED);
    }
    long amount = operation.amount();
    if (amount > limit.minorUnits()) {
      return Step.reject(LedgerRefusal.OVER_MANDATE);
    }
    // The payee must not learn from a refusal what the payer has: no figures from here on.
    var payer = view.balance(payerSlot, asset);
    var limitFault = limitFault(rules.within(payerAccount.limits()), payer, amount, step.day());
    if (limitFault != null) {
      return Step.reject(limitFault);
    }
    if (payer.available() < amount) {
      return Step.reject(LedgerRefusal.INSUFFICIENT_FUNDS);
    }
    var payee = view.balance(step.signerSlot(), asset);
    var holding = AssetConditions.holdingFault(rules, step.signer().kind(), payee, amount);
    if (holding != null) {
      return Step.reject(holding);
    }
    var data =
        ResultData.payment(
            payerAccount.id(),
            step.signer().id(),
            new Amount(amount, limit.asset()),
            operation.reference());
    return new Accepted(
        data,
        state -> {
          pay(state, payer, payee, amount, step.day());
          state.recordUse(
              new Use(mandateId, mandate.hash(), step.position(), data),
              mandate.payload().validUntilMillis());
        });
  }

  static Decision refund(Step step, Operation.Refund operation) {
    var view = step.view();
    var proof = operation.payment();
    var payment = proof.payment();
    if (!view.isProven(proof.position(), proof.path(), proof.result(), step.timeMillis())) {
      return Step.reject(LedgerRefusal.PAYMENT_NOT_PROVEN);
    }
    if (!payment.payee().equals(step.signer().id())) {
      return Step.reject(LedgerRefusal.NOT_PAYEE);
    }
    long paid = payment.amount().minorUnits();
    long amount = operation.amount();
    int refundSlot = view.refundSlot(proof.position());
    long before = refundSlot == StateView.NONE ? 0 : view.refunded(refundSlot).refunded();
    if (amount > paid - before) {
      return Step.reject(
          LedgerRefusal.OVER_PAYMENT, "Of " + paid + ", " + before + " were given back.");
    }
    var unwinding = Unwinding.of(payment, before, before + amount);
    var moves = new Moves(view);
    int payeeSlot = step.signerSlot();
    int payerSlot = view.accountSlot(payment.payer());
    long earnedBack = takeBack(view, moves, payment, payerSlot, unwinding.earnedBack());
    for (var leg : unwinding.legs().reversed()) {
      int asset = view.assetSlot(leg.asset());
      var giver = moves.balance(payeeSlot, asset);
      if (giver.available() < leg.minorUnits()) {
        return insufficientOwnFunds(giver);
      }
      moves.add(payeeSlot, asset, -leg.minorUnits());
      moves.add(payerSlot, asset, leg.minorUnits());
    }
    // Points that are spent already come off the coins: nothing is gained by buying and returning.
    long withheld = unwinding.earnedBack() - earnedBack;
    payment.earned().ifPresent(earned -> withhold(view, moves, payment, earned, withheld));
    var refunded = new Refunded(proof.position(), paid, before + amount);
    return new Accepted(
        proof.composite()
            ? ResultData.unwound(proof, unwinding, amount, refunded.refunded(), withheld)
            : ResultData.refund(
                payment.payee(),
                payment.payer(),
                new Amount(amount, payment.amount().asset()),
                proof.position(),
                refunded.refunded()),
        state -> {
          moves.applyTo(state);
          state.setRefunded(refundSlot, refunded);
        });
  }

  /** Takes back what was earned, as far as it is there, and tells how much that was. */
  private static long takeBack(
      StateView view, Moves moves, Payment payment, int payerSlot, long due) {
    if (payment.earned().isEmpty() || due == 0) {
      return 0;
    }
    var earned = payment.earned().get();
    int asset = view.assetSlot(earned.asset());
    long taken = Math.min(due, moves.balance(payerSlot, asset).available());
    moves.add(payerSlot, asset, -taken);
    moves.add(view.accountSlot(earned.from()), asset, taken);
    return taken;
  }

  private static void withhold(
      StateView view, Moves moves, Payment payment, Earned earned, long withheld) {
    int coin = view.assetSlot(payment.legs().getLast().asset());
    moves.add(view.accountSlot(payment.payer()), coin, -withheld);
    moves.add(view.accountSlot(earned.from()), coin, withheld);
  }

  private static void pay(
      State state, AccountBalance payer, AccountBalance payee, long amount, long day) {
    state.setBalance(payer.pay(amount, day));
    state.setBalance(payee.plus(amount));
  }

  /** The limits of a payer for one payment or hold. */
  static @Nullable LedgerRefusal limitFault(
      Limits limits, AccountBalance payer, long amount, long day) {
    if (amount > limits.perPayment()) {
      return LedgerRefusal.OVER_PAYMENT_LIMIT;
    }
    return amount > limits.perDay() - payer.spentOn(day) ? LedgerRefusal.OVER_DAY_LIMIT : null;
  }

  /** Tells the available amount, which is the signer's own. */
  static Decision insufficientOwnFunds(AccountBalance own) {
    return Step.reject(LedgerRefusal.INSUFFICIENT_FUNDS, "Available: " + own.available() + ".");
  }
}
