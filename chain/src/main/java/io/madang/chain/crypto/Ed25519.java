package io.madang.chain.crypto;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verification of Ed25519 signatures (RFC 8032, section 5.1.7) by the one rule that consensus
 * follows. Libraries disagree on signatures that no honest signer makes; a replica that followed
 * another rule could be led to another ledger. A signature (R, S) of a message under a key A is
 * accepted exactly when
 *
 * <ol>
 *   <li>A is the canonical encoding of a point that is not of small order ({@link
 *       Ed25519PublicKey#parse} accepts nothing else),
 *   <li>the signature has 64 bytes, R is the canonical encoding of a point, and S is below L,
 *   <li>8 S B = 8 R + 8 k A, where k = SHA-512(R, A, message).
 * </ol>
 *
 * <p>This is what BouncyCastle 1.86 and noble with {@code zip215: false} accept. The factor 8 is
 * what makes a batch decide as each signature alone would.
 *
 * <p>The arithmetic runs in variable time, which is safe because all of it is public.
 */
public final class Ed25519 {
  /** Length of a signature in bytes. */
  public static final int SIGNATURE_LENGTH = 64;

  private Ed25519() {}

  /** Whether the signature, of any length and content, is the key's for the message. */
  public static boolean verify(VerificationKey key, byte[] message, byte[] signature) {
    return Equation.of(new SignedMessage(key, message, signature), Sha512.start())
        .filter(Equation::holds)
        .isPresent();
  }

  /**
   * Verifies many signatures for about half the price of each alone; best with 16 and more.
   *
   * <p>The well-formed ones are checked in one sum with random factors. Should that fail, each is
   * checked alone, so the answer is that of {@link #verify} for every one. A false signature passes
   * with a probability below 2<sup>-125</sup>, given a secure source.
   *
   * @return in the order of the list, whether each signature is valid
   */
  public static boolean[] verifyBatch(List<SignedMessage> batch, RandomFactors random) {
    MessageDigest sha512 = Sha512.start();
    List<Optional<Equation>> equations = new ArrayList<>(batch.size());
    for (SignedMessage signed : batch) {
      equations.add(Equation.of(signed, sha512));
    }
    boolean allHold = allHold(equations.stream().flatMap(Optional::stream).toList(), random);
    var valid = new boolean[batch.size()];
    for (int i = 0; i < valid.length; i++) {
      valid[i] = equations.get(i).filter(equation -> allHold || equation.holds()).isPresent();
    }
    return valid;
  }

  private static boolean allHold(List<Equation> equations, RandomFactors random) {
    if (equations.size() < 2) {
      return false; // alone is cheaper
    }
    var factors = new byte[equations.size() * Equation.FACTOR_LENGTH];
    random.fill(factors);
    return Equation.allHold(equations, factors);
  }
}
