import { hex, utf8 } from '../chain/bytes';
import { sha256 } from '../chain/sha256';
import type { Element, Group } from './group/group';
import { numberOf } from './randomness';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal: names of records and events. */
export function hexHash(text: string): string {
  return hex(sha256(utf8(text)));
}

/** SHA-256 of a text's UTF-8 bytes, in Base64 of the standard alphabet without padding: fingerprints and trackers. */
export function base64Hash(text: string): string {
  const bytes = sha256(utf8(text));
  let result = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(bytes.length - i, 3) + 1;
    for (let digit = 0; digit < digits; digit++) result += BASE64[(three >> (18 - 6 * digit)) & 63];
  }
  return result;
}

/** The exponent that a text hashes to: SHA-256 as a number, modulo q. */
export function exponentOf(group: Group, text: string): bigint {
  return numberOf(sha256(utf8(text))) % group.order;
}

/**
 * A challenge (Fiat and Shamir): the hash of a prefix and the text forms of elements, joined by commas. The prefix names what is proved
 * and about what, so a proof means nothing anywhere else.
 */
export function challengeOf(group: Group, prefix: string, elements: readonly Element[]): bigint {
  return exponentOf(group, prefix + group.texts(elements).join(','));
}
