import type { Draft } from '../api/drafts';
import { base64url, utf8 } from '../chain/bytes';
import { sha256 } from '../chain/sha256';
import { recordText } from '../roles/record-text';
import { ElectionKey } from '../voting/ciphertext';
import { readCredentialList } from '../voting/credential-list';
import { type Election, electionText, readElection } from '../voting/election';
import { groupNamed } from '../voting/group/groups';
import { Refusal } from '../voting/refusal';
import { type Trustees, readTrustees } from '../voting/trustees';

/** The exact records that are to be signed, as the gateway put them together. */
export interface Assembled {
  readonly election: string;
  readonly trustees: string;
  readonly credentials: string;
}

export const CHECKS = ['trustees', 'threshold', 'election', 'key', 'credentials', 'weight'] as const;
export type Check = (typeof CHECKS)[number];

/** What this page found out for itself about the records, before anybody signs them. */
export interface Examined {
  readonly checks: readonly { readonly check: Check; readonly holds: boolean }[];
  readonly good: boolean;
  readonly fingerprint: string;
  readonly election: Election | undefined;
}

function orRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/**
 * Compares the records with the draft: the election's text is written again from the draft under the key that the trustees' own keys give, and must
 * be the same to the letter; trustees, credentials and weights must be as many as agreed.
 */
export function examined(draft: Draft, { election: electionRecord, trustees: trusteesRecord, credentials: credentialsRecord }: Assembled): Examined {
  const group = groupNamed(draft.group);
  const trustees = orRefused(() => readTrustees(group, trusteesRecord));
  const election = orRefused(() => readElection(electionRecord));
  const credentials = orRefused(() => readCredentialList(credentialsRecord));
  const expected = trustees && expectedText(draft, trustees);
  const holds: Record<Check, boolean> = {
    trustees: trustees !== undefined && trustees.all.length === draft.trustees.count,
    threshold: trustees !== undefined && isThreshold(trustees, draft.trustees.threshold),
    key: trustees !== undefined && election !== undefined && group.same(election.key.publicKey.base, trustees.publicKey),
    election: expected === electionRecord,
    credentials: credentials !== undefined && credentials.weights.size === draft.roll?.voters,
    weight: credentials !== undefined && credentials.totalWeight === BigInt(draft.roll?.weight ?? -1),
  };
  const checks = CHECKS.map((check) => ({ check, holds: holds[check] }));
  return { checks, good: checks.every((one) => one.holds), fingerprint: election?.fingerprint ?? '', election };
}

function isThreshold({ entries }: Trustees, threshold: number | undefined): boolean {
  if (threshold === undefined) return entries.every(({ kind }) => kind === 'Single');
  const [entry] = entries;
  return entries.length === 1 && entry?.kind === 'Pedersen' && entry.threshold === threshold;
}

function expectedText(draft: Draft, trustees: Trustees): string {
  const { administrator, credentialAuthority } = draft;
  const description = {
    name: recordText(draft.name),
    description: recordText(draft.description ?? ''),
    questions: draft.questions.map(({ question, answers, blank, min, max }) => ({
      question: recordText(question), answers: answers.map(recordText), blank: blank ?? false, min, max,
    })),
    uuid: draft.id,
    ...(administrator && { administrator }),
    ...(credentialAuthority && { credentialAuthority }),
  };
  return electionText(description, new ElectionKey(groupNamed(draft.group), trustees.publicKey));
}

export interface Part {
  readonly record: 'election' | 'trustees' | 'credentials';
  readonly index: number;
  readonly content: string;
}

const PART_BYTES = 32 << 10;

/** The records in parts that fit into transactions, in the order in which they go. */
export function partsOf(assembled: Assembled): Part[] {
  return (['election', 'trustees', 'credentials'] as const).flatMap((record) => {
    const bytes = utf8(assembled[record]);
    const count = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
    return Array.from({ length: count }, (_, index) => ({
      record, index, content: base64url(bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES)),
    }));
  });
}

export function recordHash(text: string): string {
  return base64url(sha256(utf8(text)));
}
