package io.madang.ledger;

import java.util.HashSet;
import java.util.List;

/**
 * An asset and the books of its supply.
 *
 * @param scale digits after the decimal point: 0 for coins paired with the won
 * @param approvers the accounts whose approvals let it be issued and redeemed
 * @param threshold how many different approvers it takes
 * @param issued minor units that were ever issued
 * @param redeemed minor units that were ever redeemed
 */
public record Asset(
    AssetCode code,
    AssetKind kind,
    int scale,
    List<AccountId> approvers,
    int threshold,
    long issued,
    long redeemed) {
  static final int MAX_SCALE = 8;

  public Asset {
    approvers = List.copyOf(approvers);
    if (scale < 0 || scale > MAX_SCALE) {
      throw new IllegalArgumentException("scale beyond 0 to 8: " + scale);
    }
    if (threshold < 1 || threshold > approvers.size()) {
      throw new IllegalArgumentException("threshold beyond 1 to the number of approvers");
    }
    if (new HashSet<>(approvers).size() != approvers.size()) {
      throw new IllegalArgumentException("an approver is named twice");
    }
    if (redeemed < 0 || issued < redeemed) {
      throw new IllegalArgumentException("more redeemed than issued of " + code);
    }
    Amount.requireValid(issued - redeemed);
  }

  /** What is in circulation: the sum of all balances, held amounts included. */
  public long supply() {
    return issued - redeemed;
  }

  Asset withIssued(long amount) {
    return new Asset(
        code, kind, scale, approvers, threshold, Math.addExact(issued, amount), redeemed);
  }

  Asset withRedeemed(long amount) {
    return new Asset(
        code, kind, scale, approvers, threshold, issued, Math.addExact(redeemed, amount));
  }
}
