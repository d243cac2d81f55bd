package io.madang.chain.crypto;

import java.math.BigInteger;

/** Constants of edwards25519 (RFC 8032, section 5.1), computed from their definitions. */
final class EdwardsCurve {
  private static final BigInteger CURVE_D =
      BigInteger.valueOf(-121_665)
          .multiply(BigInteger.valueOf(121_666).modInverse(FieldElement.PRIME));

  /** d. */
  static final FieldElement D = FieldElement.of(CURVE_D);

  /** 2 d. */
  static final FieldElement D2 = FieldElement.of(CURVE_D.multiply(BigInteger.TWO));

  /** 2 to the power of (p - 1) / 4. */
  static final FieldElement ROOT_OF_MINUS_ONE =
      FieldElement.of(BigInteger.TWO.modPow(FieldElement.PRIME.shiftRight(2), FieldElement.PRIME));

  private EdwardsCurve() {}

  /** The base point: y = 4/5 and x even. */
  static EdwardsPoint basePoint() {
    BigInteger y =
        BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(FieldElement.PRIME));
    var encoding = new byte[32];
    FieldElement.of(y).encode(encoding, 0);
    return EdwardsPoint.decode(encoding, 0).orElseThrow();
  }
}
