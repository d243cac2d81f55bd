import { hex } from '../chain/bytes';
import type { JsonObject } from '../chain/canonical-json';
import { headerHash } from '../chain/header';
import type { Members } from '../chain/members';
import { type ReceiptProblem, verifyReceipt } from '../chain/receipt';
import { millisSinceEpoch } from '../chain/timestamp';
import { base64Hash } from '../voting/hashes';
import { inPath } from './tracker';

export type BallotReceiptProblem = ReceiptProblem | 'other-ballot' | 'refused';

export type BallotReceiptVerdict =
  | { readonly valid: true; readonly position: string; readonly timeMillis: number; readonly block: string }
  | { readonly valid: false; readonly problem: BallotReceiptProblem };

/** Who holds the election: we, so that the ballot itself is on the board, or another system that posts hashes alone. */
export type Board = 'ours' | 'attached';

/**
 * Whether a receipt of the voting channel proves that the ballot with this tracker was accepted in this election: the chain's own checks,
 * and that the transaction carries that very ballot or, of an attached election, its hash. Never throws.
 */
export async function verifyBallotReceipt(
  bytes: Uint8Array,
  members: Members,
  election: string,
  tracker: string,
  board: Board = 'ours',
): Promise<BallotReceiptVerdict> {
  const verdict = await verifyReceipt(bytes, members);
  if (!verdict.valid) return verdict;
  const { receipt, statement } = verdict.proven;
  const { purpose, operation } = statement.payload;
  const carries = board === 'ours' ? purpose === 'ballot' && hasBallot(operation, tracker) : purpose === 'attached.ballots' && hasHash(operation, tracker);
  if (!carries || operation.election !== election) return { valid: false, problem: 'other-ballot' };
  if (receipt.outcome.code !== 0) return { valid: false, problem: 'refused' };
  const { header, index } = receipt.inclusion;
  const block = hex(headerHash(header)).toUpperCase();
  return { valid: true, position: `${header.height}.${index}`, timeMillis: millisSinceEpoch(header.time), block };
}

function hasBallot({ ballot }: JsonObject, tracker: string): boolean {
  return typeof ballot === 'string' && base64Hash(ballot) === tracker;
}

function hasHash({ hashes }: JsonObject, tracker: string): boolean {
  return Array.isArray(hashes) && hashes.includes(inPath(tracker));
}
