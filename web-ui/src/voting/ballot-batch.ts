import { checkBallot } from './ballot-check';
import type { Election } from './election';
import type { Refused } from './refusal';

/** Ballots that can be checked anywhere, by themselves: places with texts, in the board's order. */
export interface BallotBatch {
  readonly ballots: readonly { readonly place: string; readonly text: string }[];
}

/** The first refusal of a batch, or none. */
export function checkBatch(election: Election, { ballots }: BallotBatch, signal?: AbortSignal): Refused | undefined {
  for (const { place, text } of ballots) {
    signal?.throwIfAborted();
    const verdict = checkBallot(election, text);
    if (!verdict.valid) return { ...verdict, place: verdict.place === '' ? place : `${place}/${verdict.place}` };
  }
  return undefined;
}

/** Who checks batches: this thread, or several workers. Ready for an election once that was read and checked. */
export interface BatchChecker {
  /** How many batches may be under way at a time. */
  readonly width: number;
  open(electionText: string): Promise<void>;
  check(batch: BallotBatch): Promise<Refused | undefined>;
}
