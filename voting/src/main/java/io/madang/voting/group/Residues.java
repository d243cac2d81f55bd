package io.madang.voting.group;

import java.math.BigInteger;

/**
 * Multiplication modulo a number n. Residues are arrays of limbs in a form of the implementation's
 * own; one residue may have several until it is normalized.
 */
interface Residues {
  /** Room for a residue. */
  long[] room();

  /** A fresh copy of 1. */
  long[] one();

  /** The residue of a number below n. */
  long[] residue(BigInteger number);

  /** The number below n that a residue stands for. */
  BigInteger number(long[] residue);

  /**
   * Sets {@code product} to a b. It must be another array than the operands, which may be the same.
   */
  void multiply(long[] product, long[] a, long[] b);

  /** Sets {@code square} to a<sup>2</sup>, for no more than a product; another array. */
  void square(long[] square, long[] a);

  /** Brings a residue to its one smallest form. */
  void normalize(long[] residue);
}
