package io.madang.voting.proof;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import java.util.List;

/**
 * The proof that two powers have the same secret exponent (Chaum, Pedersen 1992): X = g<sup>x</sup>
 * is a trustee's key and factor = alpha<sup>x</sup> the partial decryption.
 */
public final class EqualityProof {
  private EqualityProof() {}

  /** Proves that g<sup>secret</sup> and alpha<sup>secret</sup> have the same exponent. */
  public static Proof prove(
      Group group, Element alpha, Scalar secret, String prefix, Randomness randomness) {
    var w = group.scalars().random(randomness);
    var commitments = List.of(group.secretGeneratorPowers().secretPower(w), alpha.secretPower(w));
    var challenge = Challenge.of(group.scalars(), prefix, commitments);
    return new Proof(challenge, w.minus(secret.times(challenge)));
  }

  /** Whether {@code factor} is alpha to the exponent that {@code image} has to the base g. */
  public static boolean holds(
      Group group, Proof proof, Element alpha, Element image, Element factor, String prefix) {
    var commitments =
        List.of(
            group.generatorPowers().power(proof.response()).times(image.power(proof.challenge())),
            alpha.power(proof.response()).times(factor.power(proof.challenge())));
    return Challenge.of(group.scalars(), prefix, commitments).equals(proof.challenge());
  }
}
