import type { Group } from './group/group';
import { elementOf } from './group/powers';
import { base64Hash } from './hashes';
import { Refusal, refuseUnless } from './refusal';
import { items, readJson, string } from './strict-json';

const MAX_CREDENTIALS_CHARACTERS = 1 << 27;
const MAX_VOTERS = 1_000_000;

/** Who may vote: public credentials with their weights. The order says nothing. */
export interface CredentialList {
  readonly weights: ReadonlyMap<string, bigint>;
  readonly totalWeight: bigint;
  readonly fingerprint: string;
}

/**
 * Reads the list and its weights, every credential once. Whether the credentials are members is for {@link checkCredential}: that is most
 * of the work for a large list, and can be spread.
 *
 * @throws Refusal
 */
export function readCredentialList(text: string): CredentialList {
  const weights = new Map<string, bigint>();
  let totalWeight = 0n;
  items(readJson(text, MAX_CREDENTIALS_CHARACTERS), 0, MAX_VOTERS, (value) => {
    const [, credential, weight] = /^([0-9a-f]+)(?:,([1-9][0-9]{0,15}))?$/.exec(string(value, 700)) ?? [];
    if (credential === undefined) throw new Refusal('wrong-shape');
    refuseUnless(!weights.has(credential), 'repeated-credential');
    weights.set(credential, BigInt(weight ?? 1));
    totalWeight += weights.get(credential)!;
  });
  refuseUnless(totalWeight <= BigInt(Number.MAX_SAFE_INTEGER), 'wrong-weight');
  return { weights, totalWeight, fingerprint: base64Hash(text) };
}

/** @throws Refusal for a credential that is no member of the group, or for which anybody could sign */
export function checkCredential(group: Group, text: string): void {
  const element = elementOf(group, text);
  if (!element) throw new Refusal(group.decode(text) ? 'not-in-the-group' : 'not-an-element');
  refuseUnless(!group.same(element, group.neutral), 'neutral-key');
}
