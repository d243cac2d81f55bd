import { checkBallot } from './ballot-check';
import { checkCredential } from './credential-list';
import type { Election } from './election';
import { type Refused, at, refusedBy } from './refusal';

/** Work that can be done anywhere, by itself: ballots or credentials of an election, with their places in the archive. */
export interface Batch {
  readonly kind: 'ballots' | 'credentials';
  readonly items: readonly { readonly place: string; readonly text: string }[];
}

/** The first refusal of a batch, or none. */
export function checkBatch(election: Election, { kind, items }: Batch, signal?: AbortSignal): Refused | undefined {
  for (const { place, text } of items) {
    signal?.throwIfAborted();
    const refused = kind === 'ballots' ? ballotProblem(election, place, text) : credentialProblem(election, place, text);
    if (refused) return refused;
  }
  return undefined;
}

function ballotProblem(election: Election, place: string, text: string): Refused | undefined {
  const verdict = checkBallot(election, text);
  if (verdict.valid) return undefined;
  return { ...verdict, place: verdict.place === '' ? place : `${place}/${verdict.place}` };
}

function credentialProblem({ group }: Election, place: string, text: string): Refused | undefined {
  try {
    at(place, () => checkCredential(group, text));
    return undefined;
  } catch (error) {
    return refusedBy(error);
  }
}

/** Who checks batches: this thread, or several workers. */
export interface BatchChecker {
  /** How many batches may be under way at a time. */
  readonly width: number;
  /** Told of the election before its batches come. */
  open(election: Election): Promise<void>;
  check(batch: Batch): Promise<Refused | undefined>;
}
