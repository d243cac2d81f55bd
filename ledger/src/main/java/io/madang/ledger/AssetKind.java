package io.madang.ledger;

import java.util.Optional;

/** What an asset is. */
public enum AssetKind {
  COIN("coin"),
  POINT("point"),
  VOUCHER("voucher");

  private final String text;

  AssetKind(String text) {
    this.text = text;
  }

  /** The kind of this name in lower case. */
  public static Optional<AssetKind> parse(String text) {
    for (var kind : values()) {
      if (kind.text.equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** The name in the genesis document, in lower case. */
  @Override
  public String toString() {
    return text;
  }
}
