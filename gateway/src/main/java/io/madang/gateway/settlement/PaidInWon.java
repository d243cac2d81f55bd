package io.madang.gateway.settlement;

import io.madang.ledger.Asset;
import io.madang.ledger.AssetKind;
import io.madang.ledger.Ledger;
import io.madang.ledger.ScheduledRules;
import java.util.List;

/**
 * The assets for which merchants are paid won, and behind which won must stand: coins, and those
 * vouchers and points whose rules promise it. The ledger would pay for an asset without rules too;
 * here nobody is paid won that nobody has promised in writing.
 */
final class PaidInWon {
  private PaidInWon() {}

  /** Those of this time, in the order in which they were opened. */
  static List<Asset> at(Ledger ledger, long timeMillis) {
    return ledger.view().assets().stream()
        .filter(asset -> asset.scale() == 0)
        .filter(asset -> asset.kind() == AssetKind.COIN || isPromised(ledger, asset, timeMillis))
        .toList();
  }

  private static boolean isPromised(Ledger ledger, Asset asset, long timeMillis) {
    return ledger.view().rules(asset.code()).stream()
        .filter(scheduled -> scheduled.fromMillis() <= timeMillis)
        .reduce((_, later) -> later)
        .map(ScheduledRules::rules)
        .filter(rules -> rules.forWon())
        .isPresent();
  }
}
