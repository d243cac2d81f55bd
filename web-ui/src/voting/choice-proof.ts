import type { Ciphertext, ElectionKey, Opening } from './ciphertext';
import type { Proof } from './encodings';
import { type Element, reduced } from './group/group';
import { powers } from './group/powers';
import { challengeOf } from './hashes';
import { randomBelow } from './randomness';

/**
 * Proofs that one of several claims "this ciphertext holds g^shift" is true, without saying which (Cramer, Damgard and Schoenmakers).
 * There is one challenge and response for each claim, and the challenges add up to the hash of all commitments.
 */
export interface Claim {
  readonly ciphertext: Ciphertext;
  readonly shift: number;
}

/** A claim as the voter sees it: true when the opening's plaintext is the shift. */
export interface OpenedClaim {
  readonly opening: Opening;
  readonly shift: number;
}

/** Proves that at least one of the claims is true, as one must be. Every claim takes the same steps, so time does not say which. */
export function proveOneOf(key: ElectionKey, prefix: string, claims: readonly OpenedClaim[]): Proof[] {
  const { group, generator, publicKey } = key;
  const branches = claims.map(({ opening, shift }) => ({
    w: randomBelow(group.order),
    challenge: randomBelow(group.order),
    randomness: opening.randomness,
    // What remains of the plaintext beside the shift: nothing for a true claim, whose commitment does not depend on its challenge.
    remainder: BigInt(opening.plaintext - shift),
  }));
  const trueOne = branches.find((branch) => branch.remainder === 0n);
  if (!trueOne) throw new RangeError('none of the claims is true');
  // g^response * alpha^challenge and y^response * (beta / g^shift)^challenge, put together from what the voter knows.
  const commitments = branches.flatMap(({ w, challenge, remainder }) => [
    generator.secretPower(w),
    group.times(publicKey.secretPower(w), generator.secretPower(remainder * challenge)),
  ]);
  const others = branches.reduce((sum, branch) => sum + (branch === trueOne ? 0n : branch.challenge), 0n);
  trueOne.challenge = reduced(group, challengeOf(group, prefix, commitments) - others);
  return branches.map(({ w, challenge, randomness }) => ({
    challenge,
    response: reduced(group, w - randomness * challenge),
  }));
}

/** Whether the proofs show that one of the claims is true. */
export function holdsOneOf(key: ElectionKey, prefix: string, claims: readonly Claim[], proofs: readonly Proof[]): boolean {
  if (proofs.length !== claims.length) return false;
  const commitments = new Array<Element>(2 * claims.length);
  for (const ciphertext of new Set(claims.map((claim) => claim.ciphertext))) {
    // Claims about the same ciphertext share the work.
    const about = claims.flatMap((claim, index) => (claim.ciphertext === ciphertext ? [index] : []));
    const challenges = about.map((index) => proofs[index]!.challenge);
    const alphas = powers(key.group, ciphertext.alpha, challenges);
    const betas = powers(key.group, ciphertext.beta, challenges);
    about.forEach((index, which) => {
      const commitment = commitmentOf(key, alphas[which]!, betas[which]!, claims[index]!.shift, proofs[index]!);
      [commitments[2 * index], commitments[2 * index + 1]] = commitment;
    });
  }
  return addUp(key, prefix, commitments, proofs);
}

/** The commitment of one branch, from the ciphertext's powers to its challenge. */
export function commitmentOf(
  key: ElectionKey,
  alphaToChallenge: Element,
  betaToChallenge: Element,
  shift: number,
  { challenge, response }: Proof,
): [Element, Element] {
  const { group, generator, publicKey } = key;
  const unshifted = group.times(publicKey.power(response), betaToChallenge);
  return [
    group.times(generator.power(response), alphaToChallenge),
    shift === 0 ? unshifted : group.times(unshifted, generator.power(-BigInt(shift) * challenge)),
  ];
}

export function addUp(key: ElectionKey, prefix: string, commitments: readonly Element[], proofs: readonly Proof[]): boolean {
  const sum = proofs.reduce((all, { challenge }) => all + challenge, 0n);
  return reduced(key.group, sum) === challengeOf(key.group, prefix, commitments);
}
