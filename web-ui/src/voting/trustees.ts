import { type Element, type Group, product, textOfElement } from './group/group';
import { Refusal, at } from './refusal';
import { items, readJson } from './strict-json';
import { readParameters } from './threshold-parameters';
import { readTrusteeKey } from './trustee-key';

const MAX_TRUSTEES_CHARACTERS = 1 << 23;
const MAX_TRUSTEES = 100;

/** One who decrypts: alone (every such trustee is needed), or as a member of a group of which a threshold is enough. */
export interface Trustee {
  /** Counts all trustees from 1, in the order of the record. */
  readonly owner: number;
  /** What its partial decryptions are checked with. */
  readonly verificationKey: Element;
  readonly verificationKeyText: string;
}

export type TrusteeEntry =
  | { readonly kind: 'Single'; readonly trustee: Trustee; readonly publicKey: Element }
  | { readonly kind: 'Pedersen'; readonly threshold: number; readonly trustees: readonly Trustee[]; readonly publicKey: Element };

export interface Trustees {
  readonly entries: readonly TrusteeEntry[];
  readonly all: readonly Trustee[];
  /** The key that the election must have: the product of all entries' keys. */
  readonly publicKey: Element;
}

/** Reads and checks the trustees' record: every proof, every certificate, every verification key. @throws Refusal */
export function readTrustees(group: Group, text: string): Trustees {
  const all: Trustee[] = [];
  const enlist = (verificationKey: Element): Trustee => {
    const trustee = { owner: all.length + 1, verificationKey, verificationKeyText: textOfElement(group, verificationKey) };
    all.push(trustee);
    return trustee;
  };
  const entries = items(readJson(text, MAX_TRUSTEES_CHARACTERS), 1, MAX_TRUSTEES, (value): TrusteeEntry => {
    const [kind, record] = items(value, 2, 2, (part) => part);
    if (kind === 'Single') {
      const publicKey = at(1, () => readTrusteeKey(group, record));
      return { kind, publicKey, trustee: enlist(publicKey) };
    }
    if (kind === 'Pedersen') {
      const { threshold, verificationKeys, publicKey } = at(1, () => readParameters(group, record!));
      return { kind, threshold, publicKey, trustees: verificationKeys.map(enlist) };
    }
    throw new Refusal('wrong-shape', '0');
  });
  return { entries, all, publicKey: product(group, entries.map(({ publicKey }) => publicKey)) };
}
