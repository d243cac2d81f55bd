package io.madang.ledger;

import io.madang.chain.json.JsonNumber;

/**
 * An amount of one asset, counted in the asset's minor unit. A coin paired with the won has no
 * minor unit (ISO 4217), so 1,500 won are {@code minorUnits = 1_500} and nothing is ever rounded.
 *
 * @param minorUnits 0 to {@link #MAX_MINOR_UNITS}
 */
public record Amount(long minorUnits, AssetCode asset) {
  /** 2^53 - 1: what every JSON reader holds exactly. No supply is larger, so no balance is. */
  public static final long MAX_MINOR_UNITS = JsonNumber.MAX;

  public Amount {
    requireValid(minorUnits);
  }

  static void requireValid(long minorUnits) {
    if (minorUnits < 0 || minorUnits > MAX_MINOR_UNITS) {
      throw new IllegalArgumentException("not an amount: " + minorUnits);
    }
  }

  @Override
  public String toString() {
    return minorUnits + " " + asset;
  }
}
