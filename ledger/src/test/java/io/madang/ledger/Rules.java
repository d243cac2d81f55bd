package io.madang.ledger;

import java.util.List;
import java.util.Optional;

/** Rules of assets for tests: none to begin with, and one more with each call. */
final class Rules {
  static final AssetRules OPEN = AssetRules.NONE;

  private Rules() {}

  static AssetRules expiring(AssetRules rules, long expiresMillis) {
    return new AssetRules(
        expiresMillis,
        Optional.of(World.HALL.account()),
        rules.categories(),
        rules.regions(),
        rules.gifts(),
        rules.perPayment(),
        rules.perDay(),
        rules.holdingCap(),
        rules.forWon());
  }

  static AssetRules expiredTo(AssetRules rules, AccountId account) {
    return new AssetRules(
        rules.expiresMillis(),
        Optional.of(account),
        rules.categories(),
        rules.regions(),
        rules.gifts(),
        rules.perPayment(),
        rules.perDay(),
        rules.holdingCap(),
        rules.forWon());
  }

  static AssetRules takenBy(AssetRules rules, List<String> categories, List<String> regions) {
    return new AssetRules(
        rules.expiresMillis(),
        rules.expiredTo(),
        categories,
        regions,
        rules.gifts(),
        rules.perPayment(),
        rules.perDay(),
        rules.holdingCap(),
        rules.forWon());
  }

  static AssetRules flags(AssetRules rules, boolean gifts, boolean forWon) {
    return new AssetRules(
        rules.expiresMillis(),
        rules.expiredTo(),
        rules.categories(),
        rules.regions(),
        gifts,
        rules.perPayment(),
        rules.perDay(),
        rules.holdingCap(),
        forWon);
  }

  static AssetRules caps(AssetRules rules, long perPayment, long perDay, long holdingCap) {
    return new AssetRules(
        rules.expiresMillis(),
        rules.expiredTo(),
        rules.categories(),
        rules.regions(),
        rules.gifts(),
        perPayment,
        perDay,
        holdingCap,
        rules.forWon());
  }
}
