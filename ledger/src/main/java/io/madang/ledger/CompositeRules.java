package io.madang.ledger;

import io.madang.ledger.Step.Accepted;
import io.madang.ledger.Step.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Payments of several legs: points, then vouchers, then the coin, then points earned, all of them
 * or none. Of several legs that object, the reason that stands first in {@link LedgerRefusal} is
 * the answer.
 */
final class CompositeRules {
  private CompositeRules() {}

  static Decision pay(Step step, Operation.Pay operation) {
    var view = step.view();
    var legs = operation.legs();
    var earn = operation.earn().orElse(null);
    int programmeSlot = earn == null ? StateView.NONE : view.programmeSlot(earn.programme());
    int coin = view.assetSlot(operation.price().asset());
    if (earn != null) {
      var fault = Granting.fault(step, programmeSlot, programme -> earnsBy(view, programme, coin));
      if (fault != null) {
        return Step.reject(fault);
      }
    }
    var assets = legs.stream().mapToInt(leg -> view.assetSlot(leg.asset())).toArray();
    boolean known = coin != StateView.NONE && IntStream.of(assets).noneMatch(slot -> slot < 0);
    if (known && !isInOrder(view, assets, coin)) {
      return Step.reject(LedgerRefusal.WRONG_LEGS);
    }
    if (!known) {
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
    var conditionFault = conditionFault(step, assets, payeeSlot, earn, programmeSlot);
    if (conditionFault != null) {
      return Step.reject(conditionFault);
    }
    var faults = new ArrayList<@Nullable LedgerRefusal>();
    var moves = new Moves(view);
    for (int i = 0; i < assets.length; i++) {
      faults.add(payLeg(step, moves, legs.get(i).minorUnits(), assets[i], payeeSlot));
    }
    var granting = earn == null ? null : Granting.of(step, programmeSlot, payerSlot, earn.amount());
    if (granting != null && faults.stream().allMatch(Objects::isNull)) {
      faults.add(earn(step, moves, granting, coinPaid(view, legs, assets)));
    }
    var first = first(faults);
    if (first != null) {
      return Step.reject(first);
    }
    return new Accepted(
        ResultData.composite(
            step.signer().id(), operation, granting == null ? null : granting.programme()),
        state -> {
          moves.applyTo(state);
          if (granting != null) {
            granting.record(state);
          }
        });
  }

  private static boolean earnsBy(StateView view, Programme programme, int coin) {
    return programme.kind() == ProgrammeKind.EARNING
        && coin != StateView.NONE
        && view.asset(view.assetSlot(programme.asset())).scale() == view.asset(coin).scale();
  }

  /** Points, vouchers, the one coin; each asset once; all counted in the coin's own unit. */
  private static boolean isInOrder(StateView view, int[] assets, int coin) {
    if (view.asset(coin).kind() != AssetKind.COIN) {
      return false;
    }
    for (int i = 0; i < assets.length; i++) {
      var asset = view.asset(assets[i]);
      if (asset.scale() != view.asset(coin).scale()
          || (asset.kind() == AssetKind.COIN && assets[i] != coin)) {
        return false;
      }
      if (i > 0 && ORDER.compare(view.asset(assets[i - 1]), asset) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static final Comparator<Asset> ORDER =
      Comparator.<Asset>comparingInt(asset -> rank(asset.kind())).thenComparing(Asset::code);

  private static int rank(AssetKind kind) {
    return switch (kind) {
      case POINT -> 0;
      case VOUCHER -> 1;
      case COIN -> 2;
    };
  }

  private static @Nullable LedgerRefusal conditionFault(
      Step step, int[] assets, int payeeSlot, @Nullable Grant earn, int programmeSlot) {
    var view = step.view();
    var faults = new ArrayList<@Nullable LedgerRefusal>();
    for (int asset : assets) {
      var rules = view.rulesOf(asset, step.timeMillis());
      faults.add(AssetConditions.paymentFault(step, rules, step.signer().kind(), payeeSlot));
    }
    if (earn != null) {
      int earned = view.assetSlot(view.programme(programmeSlot).asset());
      if (view.rulesOf(earned, step.timeMillis()).isExpired(step.timeMillis())) {
        faults.add(LedgerRefusal.ASSET_EXPIRED);
      }
      if (step.signer().kind() != AccountKind.PERSON) {
        faults.add(LedgerRefusal.NOT_PERSON);
      }
      // Friends who pay each other in turn would earn for nothing.
      if (!SettlementRules.isSettled(view.account(payeeSlot).kind())) {
        faults.add(LedgerRefusal.NOT_MERCHANT);
      }
    }
    return first(faults);
  }

  private static @Nullable LedgerRefusal payLeg(
      Step step, Moves moves, long amount, int asset, int payeeSlot) {
    var view = step.view();
    var rules = view.rulesOf(asset, step.timeMillis());
    var payer = moves.balance(step.signerSlot(), asset);
    var limit =
        PaymentRules.limitFault(rules.within(step.signer().limits()), payer, amount, step.day());
    if (limit != null) {
      return limit;
    }
    if (payer.available() < amount) {
      return LedgerRefusal.INSUFFICIENT_FUNDS;
    }
    var payee = moves.balance(payeeSlot, asset);
    var holding =
        AssetConditions.holdingFault(rules, view.account(payeeSlot).kind(), payee, amount);
    if (holding != null) {
      return holding;
    }
    moves.set(payer.pay(amount, step.day()));
    moves.add(payeeSlot, asset, amount);
    return null;
  }

  private static @Nullable LedgerRefusal earn(
      Step step, Moves moves, Granting granting, long coinPaid) {
    var view = step.view();
    int asset = view.assetSlot(granting.programme().asset());
    var holding =
        AssetConditions.holdingFault(
            view.rulesOf(asset, step.timeMillis()),
            AccountKind.PERSON,
            moves.balance(step.signerSlot(), asset),
            granting.amount());
    if (holding != null) {
      return holding;
    }
    var fault = granting.fault(granting.terms().share(coinPaid));
    if (fault != null) {
      return fault;
    }
    return granting.move(view, moves) ? null : LedgerRefusal.FUND_EMPTY;
  }

  /** What was paid in the coin itself: the last leg, if it is one. */
  private static long coinPaid(StateView view, List<Amount> legs, int[] assets) {
    return view.asset(assets[assets.length - 1]).kind() == AssetKind.COIN
        ? legs.getLast().minorUnits()
        : 0;
  }

  private static @Nullable LedgerRefusal first(List<@Nullable LedgerRefusal> faults) {
    return faults.stream().filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
  }
}
