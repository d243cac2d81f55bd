package io.madang.voting.group;

/**
 * Multiplies long natural numbers: the one step of verification that a native library does much
 * faster than Java. It comes from outside, is optional, and changes no verdict. Numbers are limbs
 * of 64 bits, unsigned, lowest first. It sees public numbers only, so its time may depend on them.
 */
public interface LimbMultiplication {
  /**
   * Sets the first {@code 2 limbs} limbs of {@code product} to the product of the first {@code
   * limbs} limbs of both factors, which may be one array; the product is another.
   */
  void multiply(long[] product, long[] a, long[] b, int limbs);

  /** The same of one number with itself. */
  default void square(long[] product, long[] a, int limbs) {
    multiply(product, a, a, limbs);
  }
}
