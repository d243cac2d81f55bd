import type { ReceiptProblem } from '../chain/receipt';
import type { Figures } from './figures';
import { type Posting, comparePositions, postingsRoot } from './postings';
import { type RecordedSettlement, type SettlementReceipt, payoutIdOf } from './recorded-settlement';

/** A line of a day's statement, as the gateway says it. */
export interface Line extends Posting {
  readonly index: number;
  readonly time: string;
  readonly kind: 'capture' | 'refund' | 'payment-made' | 'refund-received' | 'issued' | 'redeemed';
  /** Negative when a fee is given back. */
  readonly fee: number;
  /** What the whole was paid with, when the line is one part of it. */
  readonly legs?: readonly { readonly asset: string; readonly amount: number }[];
}

/** One attempt to pay a day out, as the gateway says it, with the receipt of what the chain recorded. */
export interface Attempt {
  readonly attempt: number;
  readonly payoutId: string;
  readonly figures: Figures;
  readonly receipt: SettlementReceipt;
}

/** What somebody wants to have proven. */
export interface Subject {
  readonly chain: string;
  readonly merchant: string;
  readonly asset: string;
  /** Such as `2026-11-20`. */
  readonly day: string;
}

/** Why a check did not hold. */
export type Fault =
  | { readonly fault: 'receipt'; readonly problem: ReceiptProblem | 'refused' | 'no-settlement' }
  | { readonly fault: 'other-settlement'; readonly member: keyof RecordedSettlement }
  | { readonly fault: 'order'; readonly position: string }
  | { readonly fault: 'count' | 'root'; readonly recorded: string; readonly found: string }
  | { readonly fault: 'sum'; readonly member: SumName; readonly said: number; readonly found: number }
  | { readonly fault: 'left-out' | 'invented'; readonly position: string; readonly amount: number }
  | { readonly fault: 'altered'; readonly position: string; readonly said: number; readonly found: number };

export type SumName = keyof Figures | 'net';

const DAY_MILLIS = 86_400_000;

/** The day's number on the chain. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MILLIS;
}

/** Whether each attempt's receipt is genuine, and is about this merchant, asset, day and attempt. */
export function receiptFaults(attempts: readonly Attempt[], subject: Subject): readonly Fault[] {
  return attempts.flatMap(({ attempt, payoutId, receipt }): readonly Fault[] => {
    if (!receipt.valid) return [{ fault: 'receipt', problem: receipt.problem }];
    const { recorded } = receipt;
    const expected = { merchant: subject.merchant, asset: subject.asset, day: dayNumber(subject.day), attempt, payoutId };
    const members = Object.entries(expected) as [keyof RecordedSettlement, string | number][];
    const wrong = members.filter(([name, value]) => recorded[name] !== value).map(([name]) => name);
    if (wrong.length === 0 && payoutIdOf(subject.chain, recorded) !== recorded.payoutId) wrong.push('payoutId');
    return wrong.map((member) => ({ fault: 'other-settlement', member }));
  });
}

/** Whether the lines are exactly the postings that the first attempt recorded: all of them, nothing else, in the chain's order. */
export function lineFaults(lines: readonly Line[], recorded: RecordedSettlement): readonly Fault[] {
  const faults: Fault[] = [];
  lines.forEach((line, at) => {
    const before = lines[at - 1];
    if (before && comparePositions(before.position, line.position) >= 0) faults.push({ fault: 'order', position: line.position });
  });
  if (lines.length !== recorded.count) faults.push({ fault: 'count', recorded: String(recorded.count), found: String(lines.length) });
  const root = postingsRoot(lines);
  if (root !== recorded.root) faults.push({ fault: 'root', recorded: recorded.root, found: root });
  return faults;
}

/** Whether the lines add up to what the statement says and to what the chain recorded, and every attempt's figures are the chain's. */
export function sumFaults(lines: readonly Line[], attempts: readonly Attempt[]): readonly Fault[] {
  const faults: Fault[] = [];
  const compare = (member: SumName, said: number, found: number) => {
    if (said !== found) faults.push({ fault: 'sum', member, said, found });
  };
  const ofKind = (...kinds: readonly Line['kind'][]) => lines.filter(({ kind }) => kinds.includes(kind));
  const sum = (some: readonly Line[]) => some.reduce((total, { change }) => total + change, 0);

  attempts.forEach(({ figures, receipt }, at) => {
    // Further attempts cover no postings: only what is carried and owed.
    const covered = at === 0 ? lines : [];
    const captures = at === 0 ? ofKind('capture') : [];
    const refunds = at === 0 ? ofKind('refund') : [];
    compare('captureCount', figures.captureCount, captures.length);
    compare('captures', figures.captures, sum(captures));
    compare('refundCount', figures.refundCount, refunds.length);
    compare('refunds', figures.refunds, -sum(refunds) || 0);
    compare('others', figures.others, sum(covered) - sum(captures) - sum(refunds));
    compare('fees', figures.fees, covered.reduce((total, { fee }) => total + fee, 0));
    compare('owed', figures.owed, figures.owedBefore + figures.fees - figures.adjustments - figures.charges);
    if (!receipt.valid) return;
    const { recorded } = receipt;
    compare('net', sum(covered), recorded.net);
    for (const member of ['charges', 'payout', 'carried'] as const) compare(member, figures[member], recorded[member]);
    compare('carriedBefore', figures.carriedBefore, recorded.charges + recorded.payout + recorded.carried - recorded.net);
  });
  return faults;
}

/** Which of the payments that a merchant knows of are missing among the lines, or stand there with another amount. */
export function paymentFaults(payments: readonly Posting[], lines: readonly Posting[]): readonly Fault[] {
  return differences(payments, lines).filter(({ fault }) => fault !== 'invented');
}

/** Everything in which lines differ from the postings that somebody found on the chain. */
export function differences(postings: readonly Posting[], lines: readonly Posting[]): readonly Fault[] {
  const changes = new Map(lines.map(({ position, change }) => [position, change]));
  const known = new Set(postings.map(({ position }) => position));
  const faults: Fault[] = [];
  for (const { position, change } of postings) {
    const said = changes.get(position);
    if (said === undefined) faults.push({ fault: 'left-out', position, amount: change });
    else if (said !== change) faults.push({ fault: 'altered', position, said, found: change });
  }
  for (const { position, change } of lines) {
    if (!known.has(position)) faults.push({ fault: 'invented', position, amount: change });
  }
  return faults;
}
