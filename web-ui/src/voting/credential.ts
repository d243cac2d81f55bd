import { hex, utf8 } from '../chain/bytes';
import { sha256 } from '../chain/sha256';
import { generatorOf } from './group/fixed-base';
import { type Group, textOfElement } from './group/group';
import { BASE58, randomBase58 } from './randomness';

/**
 * A voter's credential: 22 random characters of Base58 (128 bits), written in groups of 5, 6, 5 and 6. It is a secret: the exponent that
 * comes from it signs the ballot, and its public part stands in the election's list.
 */
export type CredentialReading =
  | { readonly valid: true; readonly credential: string }
  /** So many characters instead of 22, or at this place (from 0, dashes not counted) a character that no credential has. */
  | { readonly valid: false; readonly problem: 'wrong-length'; readonly characters: number }
  | { readonly valid: false; readonly problem: 'wrong-character'; readonly at: number; readonly character: string };

const CHARACTERS = 22;

export function newCredential(): string {
  return grouped(randomBase58(CHARACTERS));
}

/** A credential as people type it: with any dashes and spaces, in full width or not. Capital and small letters differ. */
export function readCredential(typed: string): CredentialReading {
  const characters = [...typed.normalize('NFKC').replace(/[\s\p{Pd}\u2212\u200b\u2060\ufeff]/gu, '')];
  const wrong = characters.findIndex((character) => !BASE58.includes(character));
  if (wrong >= 0) return { valid: false, problem: 'wrong-character', at: wrong, character: characters[wrong]! };
  if (characters.length !== CHARACTERS) return { valid: false, problem: 'wrong-length', characters: characters.length };
  return { valid: true, credential: grouped(characters.join('')) };
}

function grouped(characters: string): string {
  return [[0, 5], [5, 11], [11, 16], [16, 22]].map(([from, to]) => characters.slice(from, to)).join('-');
}

/** The secret exponent of a credential in its one form, for one election only. */
export function credentialSecret(group: Group, uuid: string, credential: string): bigint {
  const half = (n: number): string => hex(sha256(utf8(`derive_credential|${uuid}|${n}|${credential}`)));
  return BigInt(`0x${half(0)}${half(1)}`) % group.order;
}

/** What the election's list shows of a credential. */
export function publicCredential(group: Group, secret: bigint): string {
  return textOfElement(group, generatorOf(group).secretPower(secret));
}
