import type { Ciphertext } from './ciphertext';
import { type Proof, element, proof, proofJson } from './encodings';
import { generatorOf } from './group/fixed-base';
import { type Element, type Group, reduced, textOfElement } from './group/group';
import { powers } from './group/powers';
import { challengeOf } from './hashes';
import { randomBelow } from './randomness';
import { at, refuseUnless } from './refusal';
import { type Json, items, members, readJson, written } from './strict-json';
import type { EncryptedTally } from './tally';
import type { Trustee } from './trustees';

const MAX_DECRYPTION_CHARACTERS = 1 << 24;

/** A trustee's factors, one for each ciphertext of the tally: alpha^x. */
export type DecryptionFactors = readonly (readonly Element[])[];

/** A proof that a factor has the same secret as the trustee's key (Chaum and Pedersen) names election and key. */
function decryptionPrefix(fingerprint: string, verificationKeyText: string): string {
  return `decrypt|${fingerprint}|${verificationKeyText}|`;
}

/** The record of a trustee's partial decryption. Done where the trustee keeps its secret. */
export function partialDecryption(group: Group, fingerprint: string, secret: bigint, tally: EncryptedTally): string {
  const prefix = decryptionPrefix(fingerprint, textOfElement(group, generatorOf(group).secretPower(secret)));
  const parts = tally.map((answer) => answer.map(({ alpha }) => decrypted(group, prefix, secret, alpha)));
  return written({
    decryption_factors: parts.map((answer) => group.texts(answer.map(({ factor }) => factor))),
    decryption_proofs: parts.map((answer) => answer.map(({ proof: one }) => proofJson(one))),
  });
}

function decrypted(group: Group, prefix: string, secret: bigint, alpha: Element): { factor: Element; proof: Proof } {
  const w = randomBelow(group.order);
  const [factor, commitment] = secretPowers(group, alpha, [secret, w]);
  const challenge = challengeOf(group, prefix, [generatorOf(group).secretPower(w), commitment!]);
  return { factor: factor!, proof: { challenge, response: reduced(group, w - secret * challenge) } };
}

/** Powers to secret exponents, each split at random into two parts whose times say nothing about the whole. */
function secretPowers(group: Group, base: Element, exponents: readonly bigint[]): Element[] {
  const parts = exponents.map(() => randomBelow(group.order));
  const halves = powers(group, base, [...parts, ...exponents.map((exponent, i) => reduced(group, exponent - parts[i]!))]);
  return exponents.map((_, i) => group.times(halves[i]!, halves[exponents.length + i]!));
}

/** Reads and checks a partial decryption: the tally's shape, every factor a member, every proof. @throws Refusal */
export function readDecryption(
  group: Group,
  fingerprint: string,
  { verificationKey, verificationKeyText }: Trustee,
  tally: EncryptedTally,
  text: string,
): DecryptionFactors {
  const record = members(readJson(text, MAX_DECRYPTION_CHARACTERS), 'decryption_factors,decryption_proofs');
  const factors = at('decryption_factors', () => shaped(tally, record.decryption_factors, (one) => element(group, one)));
  const proofs = at('decryption_proofs', () => shaped(tally, record.decryption_proofs, (one) => proof(group, one)));
  const prefix = decryptionPrefix(fingerprint, verificationKeyText);
  tally.forEach((answer, question) =>
    answer.forEach((ciphertext, position) => {
      const factor = factors[question]![position]!;
      const holds = holdsFor(group, prefix, verificationKey, ciphertext, factor, proofs[question]![position]!);
      refuseUnless(holds, 'wrong-decryption-proof', `decryption_proofs/${question}/${position}`);
    }),
  );
  return factors;
}

function holdsFor(
  group: Group,
  prefix: string,
  verificationKey: Element,
  { alpha }: Ciphertext,
  factor: Element,
  { challenge, response }: Proof,
): boolean {
  const [keyToChallenge] = powers(group, verificationKey, [challenge]);
  const [factorToChallenge] = powers(group, factor, [challenge]);
  const [alphaToResponse] = powers(group, alpha, [response]);
  const commitments = [
    group.times(generatorOf(group).power(response), keyToChallenge!),
    group.times(alphaToResponse!, factorToChallenge!),
  ];
  return challengeOf(group, prefix, commitments) === challenge;
}

function shaped<T>(tally: EncryptedTally, value: Json | undefined, read: (item: Json) => T): T[][] {
  return items(value, tally.length, tally.length, (answer, question) => {
    const { length } = tally[question]!;
    return items(answer, length, length, read);
  });
}
