package io.madang.voting.group;

import java.math.BigInteger;

/** What a native library does, by Java's own numbers. */
final class BigIntegerMultiplication implements LimbMultiplication {
  @Override
  public void multiply(long[] product, long[] a, long[] b, int limbs) {
    byte[] bytes = number(a, limbs).multiply(number(b, limbs)).toByteArray();
    for (int i = 0; i < 2 * limbs; i++) {
      product[i] = 0;
    }
    for (int i = 0; i < bytes.length; i++) {
      int fromLowest = bytes.length - 1 - i;
      if (fromLowest / Long.BYTES < 2 * limbs) {
        product[fromLowest / Long.BYTES] |=
            (bytes[i] & 0xFFL) << (Byte.SIZE * (fromLowest % Long.BYTES));
      }
    }
  }

  static BigInteger number(long[] number, int limbs) {
    var bytes = new byte[limbs * Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      int fromLowest = bytes.length - 1 - i;
      bytes[i] =
          (byte) (number[fromLowest / Long.BYTES] >>> (Byte.SIZE * (fromLowest % Long.BYTES)));
    }
    return new BigInteger(1, bytes);
  }
}
