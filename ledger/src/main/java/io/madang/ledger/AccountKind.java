package io.madang.ledger;

import java.util.Optional;

/** Whose account it is. */
public enum AccountKind {
  PERSON("person", 5),
  MERCHANT("merchant", 50),
  MACHINE("machine", 50),
  ISSUER("issuer", 50),
  SYSTEM("system", 50);

  private final String text;
  private final int maxLiveKeys;

  AccountKind(String text, int maxLiveKeys) {
    this.text = text;
    this.maxLiveKeys = maxLiveKeys;
  }

  /** How many keys may be live at once. */
  public int maxLiveKeys() {
    return maxLiveKeys;
  }

  /** The kind of this name in lower case. */
  public static Optional<AccountKind> parse(String text) {
    for (var kind : values()) {
      if (kind.text.equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** The name in operations, in lower case. */
  @Override
  public String toString() {
    return text;
  }
}
