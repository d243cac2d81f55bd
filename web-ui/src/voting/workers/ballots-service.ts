import { type Batch, checkBatch } from '../batch';
import { type Election, readElection } from '../election';
import type { Refused } from '../refusal';
import type { Port } from './port';

/** What the coordinator asks of a worker that checks ballots. Every request gets one reply, in the same order. */
export type BallotsRequest =
  | { readonly type: 'open'; readonly electionText: string }
  | { readonly type: 'check'; readonly batch: Batch };

export interface BallotsReply {
  readonly refused: Refused | undefined;
}

export function serveBallots(port: Port<BallotsRequest, BallotsReply>): void {
  let election: Election | undefined;
  port.onmessage = ({ data }) => {
    if (data.type === 'open') election = readElection(data.electionText); // the coordinator has checked it
    port.postMessage({ refused: data.type === 'check' ? checkBatch(election!, data.batch) : undefined });
  };
}
