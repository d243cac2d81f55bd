package io.madang.voting.group;

import io.madang.chain.crypto.CurvePointTable;

/** A point with a table for its multiples by secret factors, in constant time. */
final class EdwardsSecretBase implements SecretBase {
  private final EdwardsGroup group;
  private final CurvePointTable table;

  EdwardsSecretBase(EdwardsGroup group, CurvePointTable table) {
    this.group = group;
    this.table = table;
  }

  @Override
  public Element secretPower(Scalar exponent) {
    return new EdwardsElement(group, table.secretMultiple(EdwardsElement.bytes(group, exponent)));
  }
}
