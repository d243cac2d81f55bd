import { ed25519 } from '@noble/curves/ed25519.js';

import { base64url, concat, sameBytes } from './bytes';
import { sha256 } from './sha256';
import type { Signer } from './statement';

/**
 * A second key on paper: a random seed of 32 bytes, written as 56 characters of Crockford's base 32, which people copy well (no I, L, O, U).
 * Three bytes of check sum catch a slip of the pen.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SEED_BYTES = 32;
const CHECK_BYTES = 3;
export const CODE_CHARACTERS = ((SEED_BYTES + CHECK_BYTES) * 8) / 5;

export function newRecoverySeed(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(SEED_BYTES));
}

/** The code in groups of four. */
export function recoveryCode(seed: Uint8Array): string {
  const bytes = concat(seed, checkSum(seed));
  let code = '';
  for (let character = 0; character < CODE_CHARACTERS; character++) {
    let value = 0;
    for (let bit = 0; bit < 5; bit++) {
      const at = character * 5 + bit;
      value = (value << 1) | ((bytes[at >> 3]! >> (7 - (at & 7))) & 1);
    }
    code += ALPHABET[value];
  }
  return code.match(/.{4}/g)!.join('-');
}

/** The seed of a code as people type it: any case, with or without separators, O for 0, I and L for 1. Undefined when mistyped. */
export function seedOfRecoveryCode(code: string): Uint8Array<ArrayBuffer> | undefined {
  const characters = code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (characters.length !== CODE_CHARACTERS) return undefined;
  const bytes = new Uint8Array(SEED_BYTES + CHECK_BYTES);
  for (let character = 0; character < CODE_CHARACTERS; character++) {
    const value = ALPHABET.indexOf(characters[character]!);
    if (value < 0) return undefined;
    for (let bit = 0; bit < 5; bit++) {
      const at = character * 5 + bit;
      if ((value >> (4 - bit)) & 1) bytes[at >> 3]! |= 128 >> (at & 7);
    }
  }
  const seed = bytes.slice(0, SEED_BYTES);
  return sameBytes(checkSum(seed), bytes.slice(SEED_BYTES)) ? seed : undefined;
}

function checkSum(seed: Uint8Array): Uint8Array {
  return sha256(seed).slice(0, CHECK_BYTES);
}

export function recoverySigner(seed: Uint8Array): Signer {
  return {
    algorithm: 'EdDSA',
    kid: base64url(ed25519.getPublicKey(seed)),
    sign: async (message) => ed25519.sign(message, seed),
  };
}
