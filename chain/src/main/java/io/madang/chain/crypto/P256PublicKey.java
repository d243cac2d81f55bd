package io.madang.chain.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/**
 * A P-256 public key: 33 bytes that are the compressed form (SEC 1, section 2.3.3) of a point of
 * the curve. That is checked once, here. The curve has prime order, so every such point is sound,
 * and the compressed form cannot express the point at infinity.
 *
 * <p>Immutable; equal when the bytes are equal.
 */
public final class P256PublicKey {
  /** Length in bytes. */
  public static final int LENGTH = 33;

  private final byte[] bytes;
  private final ECPublicKeyParameters parameters;

  private P256PublicKey(byte[] bytes, ECPublicKeyParameters parameters) {
    this.bytes = bytes;
    this.parameters = parameters;
  }

  /**
   * Reads a key that came from outside.
   *
   * <p>Empty when there are not 33 bytes, the first is neither 2 nor 3, x is not below p, or no
   * point has that x. Uncompressed and hybrid forms are refused: a key has one form.
   */
  public static Optional<P256PublicKey> parse(byte[] encoded) {
    if (encoded.length != LENGTH || (encoded[0] != 2 && encoded[0] != 3)) {
      return Optional.empty();
    }
    byte[] bytes = encoded.clone();
    try {
      var point = P256.CURVE.getCurve().decodePoint(bytes);
      return Optional.of(new P256PublicKey(bytes, new ECPublicKeyParameters(point, P256.CURVE)));
    } catch (IllegalArgumentException notOnCurve) {
      return Optional.empty();
    }
  }

  /** A copy of the 33 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  ECPublicKeyParameters parameters() {
    return parameters;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof P256PublicKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** 66 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
