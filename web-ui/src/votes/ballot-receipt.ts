import { hex } from '../chain/bytes';
import { headerHash } from '../chain/header';
import type { Members } from '../chain/members';
import { type ReceiptProblem, verifyReceipt } from '../chain/receipt';
import { millisSinceEpoch } from '../chain/timestamp';
import { base64Hash } from '../voting/hashes';

export type BallotReceiptProblem = ReceiptProblem | 'other-ballot' | 'refused';

export type BallotReceiptVerdict =
  | { readonly valid: true; readonly position: string; readonly timeMillis: number; readonly block: string }
  | { readonly valid: false; readonly problem: BallotReceiptProblem };

/**
 * Whether a receipt of the voting channel proves that the ballot with this tracker was accepted in this election: the chain's own checks,
 * and that the transaction carries that very ballot. Never throws.
 */
export async function verifyBallotReceipt(
  bytes: Uint8Array,
  members: Members,
  election: string,
  tracker: string,
): Promise<BallotReceiptVerdict> {
  const verdict = await verifyReceipt(bytes, members);
  if (!verdict.valid) return verdict;
  const { receipt, statement } = verdict.proven;
  const { purpose, operation } = statement.payload;
  const carries =
    purpose === 'ballot' &&
    operation.election === election &&
    typeof operation.ballot === 'string' &&
    base64Hash(operation.ballot) === tracker;
  if (!carries) return { valid: false, problem: 'other-ballot' };
  if (receipt.outcome.code !== 0) return { valid: false, problem: 'refused' };
  const { header, index } = receipt.inclusion;
  const block = hex(headerHash(header)).toUpperCase();
  return { valid: true, position: `${header.height}.${index}`, timeMillis: millisSinceEpoch(header.time), block };
}
