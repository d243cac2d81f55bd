package io.madang.voting.proof;

import io.madang.voting.group.Element;
import io.madang.voting.group.FixedBase;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import io.madang.voting.group.SecretBase;
import java.util.ArrayList;
import java.util.List;

/**
 * The proof that at least one of several ciphertexts encrypts the number claimed of it, without
 * saying which (Cramer, Damgård, Schoenmakers 1994). A choice of 0 or 1 is a disjunction of two
 * claims about one ciphertext.
 *
 * <p>The challenges of all branches must sum up to the hash, so at least one could not be chosen
 * freely.
 */
public final class Disjunction {
  private Disjunction() {}

  /** A claim that a ciphertext encrypts a number. */
  public record Claim(Ciphertext ciphertext, int message) {}

  /**
   * A branch to be checked.
   *
   * @param message the number that is claimed
   * @param alphaPower alpha to the power of the proof's challenge
   * @param betaPower beta to the power of the proof's challenge
   */
  public record Branch(int message, Proof proof, Element alphaPower, Element betaPower) {
    /** A branch of a ciphertext with its powers. */
    public static List<Branch> of(
        Ciphertext ciphertext, List<Integer> messages, List<Proof> proofs) {
      var challenges = proofs.stream().map(Proof::challenge).toList();
      var alphaPowers = ciphertext.alpha().powers(challenges);
      var betaPowers = ciphertext.beta().powers(challenges);
      var branches = new ArrayList<Branch>();
      for (int i = 0; i < proofs.size(); i++) {
        branches.add(
            new Branch(messages.get(i), proofs.get(i), alphaPowers.get(i), betaPowers.get(i)));
      }
      return branches;
    }
  }

  /** Whether the proof is right under a key whose powers are {@code keyPowers}. */
  public static boolean holds(
      Group group, FixedBase keyPowers, String prefix, List<Branch> branches) {
    var scalars = group.scalars();
    var commitments = new ArrayList<Element>();
    var sum = scalars.zero();
    for (var branch : branches) {
      var challenge = branch.proof().challenge();
      var response = branch.proof().response();
      var beta = branch.betaPower();
      if (branch.message() != 0) {
        // (beta / g^m)^c as beta^c g^(-m c): g has tables, beta / g^m has none.
        var shift = scalars.of(branch.message()).times(challenge).negated();
        beta = beta.times(group.generatorPowers().power(shift));
      }
      commitments.add(group.generatorPowers().power(response).times(branch.alphaPower()));
      commitments.add(keyPowers.power(response).times(beta));
      sum = sum.plus(challenge);
    }
    return sum.equals(Challenge.of(scalars, prefix, commitments));
  }

  /**
   * Proves that claim {@code truth} holds. All claims are about ciphertexts made with the
   * randomness that is given for the true one. The work does not depend on which it is, only its
   * order does.
   *
   * @param randomness of the ciphertext of the true claim
   */
  public static List<Proof> prove(
      Group group,
      SecretBase keyPowers,
      String prefix,
      List<Claim> claims,
      int truth,
      Scalar randomness,
      Randomness source) {
    var scalars = group.scalars();
    var proofs = new ArrayList<Proof>();
    var commitments = new ArrayList<Element>();
    var others = scalars.zero();
    var w = scalars.random(source);
    for (int i = 0; i < claims.size(); i++) {
      var claim = claims.get(i);
      if (i == truth) {
        proofs.add(new Proof(scalars.zero(), w)); // completed below
        commitments.add(group.secretGeneratorPowers().secretPower(w));
        commitments.add(keyPowers.secretPower(w));
        continue;
      }
      // A false branch begins with its end: any challenge and response have a commitment.
      var proof = new Proof(scalars.random(source), scalars.random(source));
      var shift = scalars.of(claim.message()).times(proof.challenge()).negated();
      var gPowers = group.secretGeneratorPowers();
      proofs.add(proof);
      commitments.add(
          gPowers
              .secretPower(proof.response())
              .times(claim.ciphertext().alpha().power(proof.challenge())));
      commitments.add(
          keyPowers
              .secretPower(proof.response())
              .times(claim.ciphertext().beta().power(proof.challenge()))
              .times(gPowers.secretPower(shift)));
      others = others.plus(proof.challenge());
    }
    var challenge = Challenge.of(scalars, prefix, commitments).minus(others);
    proofs.set(truth, new Proof(challenge, w.minus(randomness.times(challenge))));
    return proofs;
  }
}
