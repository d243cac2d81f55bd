package io.madang.ledger;

import java.util.Optional;

/**
 * The domain tag of a statement: words signed for one purpose mean nothing for another. Those of
 * the first group are transactions; those of the second are only ever nested inside one.
 */
public enum Purpose {
  ACCOUNT_OPEN("account.open", true),
  ACCOUNT_LIMITS("account.limits", true),
  KEY_ADD("key.add", true),
  KEY_REVOKE("key.revoke", true),
  ASSET_ISSUE("asset.issue", true),
  ASSET_REDEEM("asset.redeem", true),
  TRANSFER("transfer", true),
  HOLD("hold", true),
  CAPTURE("capture", true),
  RELEASE("release", true),
  REFUND("refund", true),
  MANDATE_CHARGE("mandate.charge", true),
  SETTLE("settle", true),
  SETTLEMENT_VOID("settlement.void", true),
  ASSET_RULES("asset.rules", true),
  ASSET_SWEEP("asset.sweep", true),
  ACCOUNT_ATTRIBUTES("account.attributes", true),
  PAY("pay", true),
  PROGRAMME_SET("programme.set", true),
  REWARD("reward", true),
  SALE_BUY("sale.buy", true),

  ACCOUNT_REQUEST("account.request", false),
  KEY_REQUEST("key.request", false),
  ISSUE_APPROVAL("issue.approval", false),
  REDEEM_APPROVAL("redeem.approval", false),
  MANDATE("mandate", false),
  SETTLE_APPROVAL("settle.approval", false),
  VOID_APPROVAL("void.approval", false),
  RULES_APPROVAL("rules.approval", false),
  ATTRIBUTES_APPROVAL("attributes.approval", false),
  PROGRAMME_APPROVAL("programme.approval", false);

  private final String text;
  private final boolean transaction;

  Purpose(String text, boolean transaction) {
    this.text = text;
    this.transaction = transaction;
  }

  /** Whether a statement of this purpose is a transaction. */
  public boolean isTransaction() {
    return transaction;
  }

  /** Whether a proof of its result can undo it: a payment is refunded, a settlement voided. */
  public boolean canBeUndone() {
    return switch (this) {
      case TRANSFER, CAPTURE, MANDATE_CHARGE, PAY, SETTLE -> true;
      default -> false;
    };
  }

  /** The purpose of this name, if the ledger knows it. */
  public static Optional<Purpose> parse(String text) {
    for (var purpose : values()) {
      if (purpose.text.equals(text)) {
        return Optional.of(purpose);
      }
    }
    return Optional.empty();
  }

  /** The tag as it is signed. */
  @Override
  public String toString() {
    return text;
  }
}
