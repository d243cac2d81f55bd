package io.madang.ledger;

import io.madang.ledger.Rows.AccountBalance;
import org.jspecify.annotations.Nullable;

/** Whether the rules of an asset let it go from one account to another. */
final class AssetConditions {
  private AssetConditions() {}

  /**
   * Why a payer may not pay this payee with it. Expiry binds every payment; categories and regions
   * bind merchants and machines, for they alone sell; persons give to persons where that is
   * allowed; issuers and systems may always be paid, so that something can be given back.
   */
  static @Nullable LedgerRefusal paymentFault(
      Step step, AssetRules rules, AccountKind payer, int payeeSlot) {
    if (rules.isExpired(step.timeMillis())) {
      return LedgerRefusal.ASSET_EXPIRED;
    }
    return switch (step.view().account(payeeSlot).kind()) {
      case PERSON ->
          payer == AccountKind.PERSON && !rules.gifts() ? LedgerRefusal.GIFT_NOT_ALLOWED : null;
      case MERCHANT, MACHINE -> placeFault(rules, step.view(), payeeSlot);
      case ISSUER, SYSTEM -> null;
    };
  }

  private static @Nullable LedgerRefusal placeFault(
      AssetRules rules, StateView view, int payeeSlot) {
    if (rules.categories().isEmpty() && rules.regions().isEmpty()) {
      return null;
    }
    var place = view.attributes(payeeSlot);
    if (!rules.categories().isEmpty() && !rules.categories().contains(place.category())) {
      return LedgerRefusal.CATEGORY_NOT_ALLOWED;
    }
    return !rules.regions().isEmpty() && !rules.regions().contains(place.region())
        ? LedgerRefusal.REGION_NOT_ALLOWED
        : null;
  }

  /** Refuses what would give a person more than one may have. What comes back is never refused. */
  static @Nullable LedgerRefusal holdingFault(
      AssetRules rules, AccountKind receiver, AccountBalance balance, long amount) {
    return receiver == AccountKind.PERSON
            && rules.holdingCap() != Limits.UNLIMITED
            && balance.available() + balance.held() > rules.holdingCap() - amount
        ? LedgerRefusal.OVER_HOLDING_CAP
        : null;
  }
}
