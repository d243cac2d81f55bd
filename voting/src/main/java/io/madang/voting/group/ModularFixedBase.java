package io.madang.voting.group;

/**
 * All b<sup>d 256^i</sup> for digits d below 256: a power is a product of one of each i. About 2.4
 * MB for 2048 bits.
 */
final class ModularFixedBase implements FixedBase {
  private static final int WINDOW = 8;
  private static final int DIGITS = 256 / WINDOW;

  private final ModularGroup group;

  /** [i][d]. */
  private final long[][][] table = new long[DIGITS][1 << WINDOW][];

  ModularFixedBase(ModularGroup group, long[] base) {
    this.group = group;
    Residues arithmetic = group.arithmetic();
    long[] unit = base;
    for (long[][] row : table) {
      row[0] = arithmetic.one();
      for (int digit = 1; digit < row.length; digit++) {
        row[digit] = arithmetic.room();
        arithmetic.multiply(row[digit], row[digit - 1], unit);
      }
      long[] next = arithmetic.room();
      arithmetic.multiply(next, row[row.length - 1], unit);
      unit = next;
    }
  }

  @Override
  public Element power(Scalar exponent) {
    Residues arithmetic = group.arithmetic();
    group.scalars().limbsOf(exponent);
    long[] result = table[0][exponent.window(0, WINDOW)].clone();
    long[] spare = arithmetic.room();
    for (int i = 1; i < DIGITS; i++) {
      int digit = exponent.window(i * WINDOW, WINDOW);
      if (digit != 0) {
        arithmetic.multiply(spare, result, table[i][digit]);
        long[] swapped = result;
        result = spare;
        spare = swapped;
      }
    }
    return new ModularElement(group, result);
  }
}
