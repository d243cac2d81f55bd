package io.madang.voting.group;

import io.madang.chain.crypto.PublicPointTable;

/** A point with a table for its public multiples. */
final class EdwardsFixedBase implements FixedBase {
  private final EdwardsGroup group;
  private final PublicPointTable table;

  EdwardsFixedBase(EdwardsGroup group, PublicPointTable table) {
    this.group = group;
    this.table = table;
  }

  @Override
  public Element power(Scalar exponent) {
    return new EdwardsElement(group, table.multiple(EdwardsElement.bytes(group, exponent)));
  }
}
