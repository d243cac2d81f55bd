package io.madang.voting.group;

import io.madang.chain.crypto.CurvePoint;
import io.madang.chain.crypto.CurvePointTable;
import io.madang.chain.crypto.PublicPointTable;
import java.math.BigInteger;
import java.util.HexFormat;

/**
 * The subgroup of prime order of edwards25519 (RFC 8032, section 5.1). An element's text is the
 * number y + 2<sup>255</sup> (x mod 2) as 64 lower-case hexadecimal digits, highest first: RFC
 * 8032's bytes in reverse order. Nothing is ever multiplied by the cofactor 8, so a point with a
 * part of small order must be refused.
 */
final class EdwardsGroup implements Group {
  static final EdwardsGroup ED25519 = new EdwardsGroup();

  private static final int BYTES = 32;

  private final ScalarField scalars =
      new ScalarField(
          BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493")));
  private final EdwardsElement generator = new EdwardsElement(this, CurvePoint.base());
  private final EdwardsElement one = new EdwardsElement(this, CurvePoint.neutral());
  private final EdwardsFixedBase generatorPowers =
      new EdwardsFixedBase(this, PublicPointTable.of(CurvePoint.base()));
  private final EdwardsSecretBase secretGeneratorPowers =
      new EdwardsSecretBase(this, CurvePointTable.of(CurvePoint.base()));

  private EdwardsGroup() {}

  @Override
  public String name() {
    return "Ed25519";
  }

  @Override
  public ScalarField scalars() {
    return scalars;
  }

  @Override
  public Element generator() {
    return generator;
  }

  @Override
  public Element one() {
    return one;
  }

  @Override
  public FixedBase generatorPowers() {
    return generatorPowers;
  }

  @Override
  public SecretBase secretGeneratorPowers() {
    return secretGeneratorPowers;
  }

  @Override
  public Parsing parse(String text) {
    if (!isHexadecimal(text)) {
      return new Parsing.Malformed(ElementFault.NOT_CANONICAL);
    }
    return CurvePoint.decode(reversed(HexFormat.of().parseHex(text)))
        .<Parsing>map(point -> new Parsing.Parsed(new EdwardsElement.Unchecked(this, point, text)))
        .orElse(new Parsing.Malformed(ElementFault.NOT_ON_THE_CURVE));
  }

  private static boolean isHexadecimal(String text) {
    if (text.length() != 2 * BYTES) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  static byte[] reversed(byte[] bytes) {
    var reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  @Override
  public String toString() {
    return name();
  }
}
