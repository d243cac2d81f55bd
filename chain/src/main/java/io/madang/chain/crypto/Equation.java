package io.madang.chain.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * What remains to be shown of a well-formed signature: 8 S B = 8 R + 8 k A, with k the challenge
 * SHA-512(R, A, message) modulo L.
 */
final class Equation {
  /** Bytes of one random factor. */
  static final int FACTOR_LENGTH = 16;

  private static final int HALF_WORDS = PreparedKey.HALF_BITS / Long.SIZE;

  /**
   * Width of the digits by which the base point is multiplied. Its 64 multiples, twice 8 kB, are
   * made once and stay in the processor's first cache.
   */
  private static final int BASE_WIDTH = 8;

  private static final OddMultiples BASE;
  private static final OddMultiples BASE_HIGH;

  /** R comes once, so its table of four multiples must be cheap to make. */
  private static final int COMMITMENT_WIDTH = 4;

  static {
    EdwardsPoint base = EdwardsCurve.basePoint();
    BASE = OddMultiples.affineOf(base, BASE_WIDTH);
    base.doubleTimes(PreparedKey.HALF_BITS);
    BASE_HIGH = OddMultiples.affineOf(base, BASE_WIDTH);
  }

  private final VerificationKey key;
  private final EdwardsPoint negatedCommitment;
  private final BigInteger response;
  private final BigInteger challenge;

  private Equation(
      VerificationKey key,
      EdwardsPoint negatedCommitment,
      BigInteger response,
      BigInteger challenge) {
    this.key = key;
    this.negatedCommitment = negatedCommitment;
    this.response = response;
    this.challenge = challenge;
  }

  /** Empty when the signature has not 64 bytes, R is not canonical, or S is not below L. */
  static Optional<Equation> of(SignedMessage signed, MessageDigest sha512) {
    byte[] signature = signed.signature();
    if (signature.length != Ed25519.SIGNATURE_LENGTH
        || !Scalar.isCanonical(signature, Ed25519PublicKey.LENGTH)) {
      return Optional.empty();
    }
    return EdwardsPoint.decode(signature, 0)
        .map(
            commitment -> {
              commitment.negate();
              return new Equation(
                  signed.key(),
                  commitment,
                  Scalar.decode(signature, Ed25519PublicKey.LENGTH, Scalar.LENGTH),
                  challenge(signed, sha512));
            });
  }

  private static BigInteger challenge(SignedMessage signed, MessageDigest sha512) {
    sha512.update(signed.signature(), 0, Ed25519PublicKey.LENGTH);
    sha512.update(signed.key().publicKey().encoding());
    sha512.update(signed.message());
    byte[] digest = sha512.digest();
    return Scalar.decode(digest, 0, digest.length).mod(Scalar.ORDER);
  }

  /** Whether this equation holds. */
  boolean holds() {
    var sum = new SumOfMultiples(2 + VerificationKey.TERMS);
    addBaseMultiple(sum, response);
    key.subtractMultiple(sum, Scalar.words(challenge));
    EdwardsPoint point = sum.compute();
    var commitment = new AddablePoint();
    negatedCommitment.toAddable(commitment);
    point.add(commitment);
    return point.isOfSmallOrder();
  }

  /**
   * Whether the sum of all equations, each times its own factor, holds. When every equation holds,
   * it does. When one does not, at most one value of its factor would hide that.
   *
   * @param factors 16 bytes for each equation
   */
  static boolean allHold(List<Equation> equations, byte[] factors) {
    var sum = new SumOfMultiples(2 + equations.size() * (VerificationKey.TERMS + 1));
    BigInteger response = BigInteger.ZERO;
    int offset = 0;
    for (Equation equation : equations) {
      // An odd factor is never zero, so even a broken source of randomness leaves no equation out.
      long low = LittleEndian.word(factors, offset) | 1;
      long high = LittleEndian.word(factors, offset + Long.BYTES);
      BigInteger factor = Scalar.decode(factors, offset, FACTOR_LENGTH).setBit(0);
      offset += FACTOR_LENGTH;

      response = response.add(factor.multiply(equation.response));
      BigInteger keyFactor = factor.multiply(equation.challenge).mod(Scalar.ORDER);
      equation.key.subtractMultiple(sum, Scalar.words(keyFactor));
      sum.add(OddMultiples.of(equation.negatedCommitment, COMMITMENT_WIDTH), low, high);
    }
    addBaseMultiple(sum, response.mod(Scalar.ORDER));
    return sum.compute().isOfSmallOrder();
  }

  private static void addBaseMultiple(SumOfMultiples sum, BigInteger factor) {
    long[] words = Scalar.words(factor);
    sum.add(BASE, words[0], words[1]);
    sum.add(BASE_HIGH, words[HALF_WORDS], words[HALF_WORDS + 1]);
  }
}
