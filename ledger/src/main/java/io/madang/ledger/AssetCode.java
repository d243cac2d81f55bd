package io.madang.ledger;

/** Names an asset: an upper-case letter, then up to eleven of A-Z, 0-9 and hyphen. */
public record AssetCode(String value) implements Comparable<AssetCode> {
  private static final int MAX_LENGTH = 12;

  public AssetCode {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("an asset code is [A-Z][A-Z0-9-]{0,11}");
    }
  }

  static boolean isWellFormed(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH || !isUpper(value.charAt(0))) {
      return false;
    }
    for (int i = 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isUpper(c) && !(c >= '0' && c <= '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  @Override
  public int compareTo(AssetCode other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
