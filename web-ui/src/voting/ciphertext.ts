import { type Written, candidate } from './encodings';
import { FixedBase, generatorOf } from './group/fixed-base';
import type { Element, Group } from './group/group';
import { randomBelow } from './randomness';
import { at } from './refusal';
import { type Json, type JsonObject, members } from './strict-json';

/** ElGamal in the exponent: alpha = g^r, beta = y^r * g^m. Multiplying ciphertexts adds what they hold. */
export interface Ciphertext {
  readonly alpha: Element;
  readonly beta: Element;
}

/** What a ciphertext was made of. Whoever knows it knows the vote. */
export interface Opening {
  readonly randomness: bigint;
  readonly plaintext: number;
}

/** The election's public key, with tables for its powers and the generator's. */
export class ElectionKey {
  readonly generator: FixedBase;
  readonly publicKey: FixedBase;

  constructor(
    readonly group: Group,
    publicKey: Element,
  ) {
    this.generator = generatorOf(group);
    this.publicKey = new FixedBase(group, publicKey);
  }
}

/** The ciphertext of an opening. Takes the same steps whatever the plaintext is. */
export function encrypt(key: ElectionKey, { randomness, plaintext }: Opening): Ciphertext {
  return {
    alpha: key.generator.secretPower(randomness),
    beta: key.group.times(key.publicKey.secretPower(randomness), key.generator.secretPower(BigInt(plaintext))),
  };
}

export function newOpening(key: ElectionKey, plaintext: number): Opening {
  return { randomness: randomBelow(key.group.order), plaintext };
}

export function productOf(group: Group, ciphertexts: readonly Ciphertext[]): Ciphertext {
  return ciphertexts.reduce(
    (all, one) => ({ alpha: group.times(all.alpha, one.alpha), beta: group.times(all.beta, one.beta) }),
    { alpha: group.neutral, beta: group.neutral },
  );
}

/** What the product of the ciphertexts was made of. */
export function sumOf(openings: readonly Opening[]): Opening {
  return openings.reduce(
    (all, one) => ({ randomness: all.randomness + one.randomness, plaintext: all.plaintext + one.plaintext }),
    { randomness: 0n, plaintext: 0 },
  );
}

/** A ciphertext as it was read: well-formed, its members still to be admitted. */
export interface WrittenCiphertext {
  readonly alpha: Written;
  readonly beta: Written;
}

export function writtenCiphertext(group: Group, value: Json | undefined): WrittenCiphertext {
  const { alpha, beta } = members(value, 'alpha,beta');
  return { alpha: at('alpha', () => candidate(group, alpha)), beta: at('beta', () => candidate(group, beta)) };
}

export function ciphertextsJson(group: Group, ciphertexts: readonly Ciphertext[]): JsonObject[] {
  const texts = group.texts(ciphertexts.flatMap(({ alpha, beta }) => [alpha, beta]));
  return ciphertexts.map((_, i) => ({ alpha: texts[2 * i]!, beta: texts[2 * i + 1]! }));
}
