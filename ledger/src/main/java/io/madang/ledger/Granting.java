package io.madang.ledger;

import io.madang.ledger.Rows.Usage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A programme about to give an amount to a person: what may refuse that, and what is counted when
 * it is done. What comes back later is not counted back, so that no loop of buying and returning
 * gains anything.
 */
final class Granting {
  private final int slot;
  private final Programme programme;
  private final ProgrammeTerms terms;
  private final int person;
  private final long amount;
  private final int usageSlot;
  private final Usage usage;

  private Granting(Step step, int slot, Programme programme, int person, long amount) {
    var view = step.view();
    this.slot = slot;
    this.programme = programme;
    this.terms = programme.at(step.timeMillis());
    this.person = person;
    this.amount = amount;
    this.usageSlot = view.usageSlot(slot, person);
    long period = terms.period(step.day());
    var before = usageSlot == StateView.NONE ? null : view.usage(usageSlot);
    this.usage =
        before == null || before.period() != period ? new Usage(slot, person, period, 0) : before;
  }

  /** Of a programme that {@link #fault} does not object to. */
  static Granting of(Step step, int slot, int person, long amount) {
    return new Granting(step, slot, step.view().programme(slot), person, amount);
  }

  /** Why a programme gives nothing now: there is none, it does not fit, or it is not open. */
  static @Nullable LedgerRefusal fault(Step step, int slot, Predicate<Programme> fits) {
    if (slot == StateView.NONE) {
      return LedgerRefusal.UNKNOWN_PROGRAMME;
    }
    var programme = step.view().programme(slot);
    if (!fits.test(programme)) {
      return LedgerRefusal.PROGRAMME_MISMATCH;
    }
    return programme.at(step.timeMillis()).isOpen(step.timeMillis())
        ? null
        : LedgerRefusal.PROGRAMME_CLOSED;
  }

  ProgrammeTerms terms() {
    return terms;
  }

  Programme programme() {
    return programme;
  }

  boolean isAboveShare() {
    return amount > terms.perPerson() - usage.given();
  }

  boolean isAboveTotal() {
    return amount > terms.total() - programme.given();
  }

  long amount() {
    return amount;
  }

  /**
   * Why the amount cannot be given.
   *
   * @param most what the rule comes to
   */
  @Nullable LedgerRefusal fault(long most) {
    if (amount > most) {
      return LedgerRefusal.OVER_RULE;
    }
    if (isAboveShare()) {
      return LedgerRefusal.OVER_PERSON_SHARE;
    }
    return isAboveTotal() ? LedgerRefusal.OVER_PROGRAMME_TOTAL : null;
  }

  /** Moves the amount from the fund to the person, unless the fund has less. */
  boolean move(StateView view, Moves moves) {
    int fund = view.accountSlot(programme.fund());
    int asset = view.assetSlot(programme.asset());
    if (moves.balance(fund, asset).available() < amount) {
      return false;
    }
    moves.add(fund, asset, -amount);
    moves.add(person, asset, amount);
    return true;
  }

  void record(State state) {
    state.programmes.set(slot, programme.withGiven(amount));
    state.setUsage(usageSlot, usage.plus(amount));
  }
}
