package io.madang.gateway.bank;

import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.Grant;
import io.madang.ledger.LedgerRefusal;
import io.madang.ledger.LedgerView;
import io.madang.ledger.Programme;
import io.madang.ledger.ProgrammeKind;
import java.util.Optional;

/**
 * What the ledger would say now about a programme that is to add to a charge. It says it again when
 * the money has come; by asking first, nobody sends money for what is known not to be given.
 */
final class BonusCheck {
  private BonusCheck() {}

  static Optional<LedgerRefusal> refusal(
      LedgerView view, Grant bonus, AccountId person, Amount charge, long timeMillis) {
    var programme = view.programme(bonus.programme());
    return programme.isEmpty()
        ? Optional.of(LedgerRefusal.UNKNOWN_PROGRAMME)
        : refusal(view, programme.get(), bonus.amount(), person, charge, timeMillis);
  }

  private static Optional<LedgerRefusal> refusal(
      LedgerView view,
      Programme programme,
      long bonus,
      AccountId person,
      Amount charge,
      long timeMillis) {
    boolean isDiscount = programme.kind() == ProgrammeKind.DISCOUNT;
    boolean isOfCharges = isDiscount || programme.kind() == ProgrammeKind.BONUS;
    if (!isOfCharges || !programme.asset().equals(charge.asset())) {
      return Optional.of(LedgerRefusal.PROGRAMME_MISMATCH);
    }
    var terms = programme.at(timeMillis);
    if (timeMillis < terms.fromMillis() || timeMillis >= terms.untilMillis()) {
      return Optional.of(LedgerRefusal.PROGRAMME_CLOSED);
    }
    long of = isDiscount ? charge.minorUnits() + bonus : charge.minorUnits();
    if (bonus > terms.share(of)) return Optional.of(LedgerRefusal.OVER_RULE);
    if (bonus > terms.perPerson() - view.given(programme.code(), person, timeMillis)) {
      return Optional.of(LedgerRefusal.OVER_PERSON_SHARE);
    }
    if (bonus > terms.total() - programme.given()) {
      return Optional.of(LedgerRefusal.OVER_PROGRAMME_TOTAL);
    }
    return bonus > view.balance(programme.fund(), programme.asset()).available()
        ? Optional.of(LedgerRefusal.FUND_EMPTY)
        : Optional.empty();
  }
}
