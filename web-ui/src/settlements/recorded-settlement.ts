import { hex, utf8 } from '../chain/bytes';
import type { JsonObject } from '../chain/canonical-json';
import type { Members } from '../chain/members';
import { type ProvenReceipt, type ReceiptProblem, verifyReceipt } from '../chain/receipt';
import { sha256 } from '../chain/sha256';

/** What the chain recorded when a merchant's day was settled (docs/formats.md section 10). Amounts in minor units. */
export interface RecordedSettlement {
  readonly asset: string;
  readonly attempt: number;
  readonly carried: number;
  readonly charges: number;
  readonly count: number;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly merchant: string;
  readonly net: number;
  readonly payout: number;
  readonly payoutId: string;
  readonly root: string;
}

export type SettlementReceipt =
  | { readonly valid: true; readonly recorded: RecordedSettlement; readonly proven: ProvenReceipt }
  | { readonly valid: false; readonly problem: ReceiptProblem | 'refused' | 'no-settlement' };

const NUMBERS = ['attempt', 'carried', 'charges', 'count', 'day', 'net', 'payout'] as const;
const TEXTS = ['asset', 'merchant', 'payoutId', 'root'] as const;

/** Checks a settlement's receipt with nothing but the members' keys, and reads what it proves. Never throws. */
export async function readSettlement(receipt: Uint8Array, members: Members): Promise<SettlementReceipt> {
  const verdict = await verifyReceipt(receipt, members);
  if (!verdict.valid) return { valid: false, problem: verdict.problem };
  const { proven } = verdict;
  if (proven.receipt.outcome.code !== 0) return { valid: false, problem: 'refused' };
  const settlement = proven.data.settlement as JsonObject | undefined;
  const complete =
    typeof settlement === 'object' &&
    NUMBERS.every((name) => typeof settlement[name] === 'number') &&
    TEXTS.every((name) => typeof settlement[name] === 'string');
  if (!complete) return { valid: false, problem: 'no-settlement' };
  return { valid: true, recorded: settlement as unknown as RecordedSettlement, proven };
}

/** What a payout is called in the bank's files: it follows from what it is for. */
export function payoutIdOf(chain: string, settled: Pick<RecordedSettlement, 'asset' | 'merchant' | 'day' | 'attempt'>): string {
  const text = ['madang/payout/v1', chain, settled.asset, settled.merchant, settled.day, settled.attempt].join('\0');
  return hex(sha256(utf8(text)).slice(0, 16));
}
