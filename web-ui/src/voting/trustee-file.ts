import { exponent } from './encodings';
import type { Group } from './group/group';
import { groupNamed } from './group/groups';
import { channelKeys } from './ceremony/trustee-seed';
import { at } from './refusal';
import { count, members, readJson, string, written } from './strict-json';

/**
 * What a trustee keeps, in the files of `./madang trustee`: during the ceremony of a threshold group the member's seed and place; afterwards,
 * and for a single trustee at once, the key that decrypts. Whoever has the text has the secret.
 */
export type TrusteeFile =
  | { readonly kind: 'member'; readonly group: Group; readonly index: number; readonly seed: string }
  | { readonly kind: 'key'; readonly group: Group; readonly secret: bigint };

const MAX_CHARACTERS = 2_000;
const MAX_MEMBERS = 100;

/** The text of member-private.json. */
export function memberFileText(group: Group, index: number, seed: string): string {
  return written({ group: group.name, index, seed });
}

/** The text of trustee-private.json. */
export function keyFileText(group: Group, secret: bigint): string {
  return written({ group: group.name, private_key: secret.toString() });
}

/** Reads either file; an end of line that mail programs add is no part of it. @throws Refusal for anything else */
export function readTrusteeFile(typed: string): TrusteeFile {
  const value = readJson(typed.replace(/^\ufeff/, '').trim(), MAX_CHARACTERS);
  if (typeof value === 'object' && value !== null && 'seed' in value) {
    const record = members(value, 'group,index,seed');
    const group = at('group', () => groupNamed(string(record.group)));
    const seed = string(record.seed, MAX_CHARACTERS);
    at('seed', () => channelKeys(group, seed));
    return { kind: 'member', group, index: at('index', () => count(record.index, MAX_MEMBERS)), seed };
  }
  const record = members(value, 'group,private_key');
  const group = at('group', () => groupNamed(string(record.group)));
  return { kind: 'key', group, secret: at('private_key', () => exponent(group, record.private_key)) };
}
