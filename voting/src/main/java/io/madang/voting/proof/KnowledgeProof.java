package io.madang.voting.proof;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import java.util.List;

/**
 * The proof that somebody knows x with g<sup>x</sup> = X (Schnorr 1989): possession of a key, and
 * with a message in the prefix a signature of it.
 */
public final class KnowledgeProof {
  private KnowledgeProof() {}

  /** Proves knowledge of {@code secret}; the prefix holds the statement. */
  public static Proof prove(Group group, Scalar secret, String prefix, Randomness randomness) {
    var w = group.scalars().random(randomness);
    var commitment = group.secretGeneratorPowers().secretPower(w);
    var challenge = Challenge.of(group.scalars(), prefix, List.of(commitment));
    return new Proof(challenge, w.minus(secret.times(challenge)));
  }

  /** Whether the proof is right for the public {@code image} and the same prefix. */
  public static boolean holds(Group group, Proof proof, Element image, String prefix) {
    return holdsForPower(group, proof, image.power(proof.challenge()), prefix);
  }

  /** The same, given the image to the power of the proof's challenge. */
  public static boolean holdsForPower(Group group, Proof proof, Element imagePower, String prefix) {
    var commitment = group.generatorPowers().power(proof.response()).times(imagePower);
    return Challenge.of(group.scalars(), prefix, List.of(commitment)).equals(proof.challenge());
  }
}
