package io.madang.voting.group;

import io.madang.chain.crypto.CurvePointTable;

/** A point with a table for its multiples; always in constant time, which costs little here. */
final class EdwardsFixedBase implements FixedBase, SecretBase {
  private final EdwardsGroup group;
  private final CurvePointTable table;

  EdwardsFixedBase(EdwardsGroup group, CurvePointTable table) {
    this.group = group;
    this.table = table;
  }

  @Override
  public Element power(Scalar exponent) {
    return secretPower(exponent);
  }

  @Override
  public Element secretPower(Scalar exponent) {
    return new EdwardsElement(group, table.secretMultiple(EdwardsElement.bytes(group, exponent)));
  }
}
