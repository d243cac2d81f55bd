package io.madang.ledger;

/** Names a programme, in the form of an asset's code. */
public record ProgrammeCode(String value) implements Comparable<ProgrammeCode> {
  public ProgrammeCode {
    if (!AssetCode.isValid(value)) {
      throw new IllegalArgumentException("a programme's code is [A-Z][A-Z0-9-]{0,11}");
    }
  }

  @Override
  public int compareTo(ProgrammeCode other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
