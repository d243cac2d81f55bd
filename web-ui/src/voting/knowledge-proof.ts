import type { Proof } from './encodings';
import { generatorOf } from './group/fixed-base';
import { type Element, type Group, reduced } from './group/group';
import { power } from './group/powers';
import { challengeOf } from './hashes';
import { randomBelow } from './randomness';

/**
 * "I know x with X = g^x" (Schnorr), bound to a prefix: proof of possession of a key, and signature. Everywhere in the protocol the
 * response is w - x * challenge, so that whoever checks computes the commitment again as g^response * X^challenge.
 */
export function proveKnowledge(group: Group, prefix: string, secret: bigint): Proof {
  const w = randomBelow(group.order);
  const challenge = challengeOf(group, prefix, [generatorOf(group).secretPower(w)]);
  return { challenge, response: reduced(group, w - secret * challenge) };
}

/** Whether the proof holds for this image. The image must be known to be in the group. */
export function knows(group: Group, prefix: string, image: Element, proof: Proof): boolean {
  return provesKnowledge(group, prefix, power(group, image, proof.challenge), proof);
}

/** As {@link knows}, where the image's power to the challenge is known already. */
export function provesKnowledge(group: Group, prefix: string, imageToChallenge: Element, { challenge, response }: Proof): boolean {
  const commitment = group.times(generatorOf(group).power(response), imageToChallenge);
  return challengeOf(group, prefix, [commitment]) === challenge;
}

/** The prefix under which a trustee proves that it has the secret of its public key. */
export function possessionPrefix(group: Group, publicKeyText: string): string {
  return `pok|${group.name}|${publicKeyText}|`;
}
