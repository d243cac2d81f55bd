import type { Page } from '../api/types';
import type { Members } from '../chain/members';
import type { Header } from '../chain/header';
import { type Attempt, type Fault, type Line, type Subject, lineFaults, paymentFaults, receiptFaults, sumFaults } from './checks';
import type { Figures } from './figures';
import type { Posting } from './postings';
import { readSettlement } from './recorded-settlement';

/** A settled day as the gateway says it; nothing of it is believed. */
export interface ShownAttempt extends Figures {
  readonly attempt: number;
  readonly payoutId: string;
  /** The hash of the transaction that recorded it; absent until then. */
  readonly transaction?: string;
}

/** Where a proof gets what it checks. Lists come in pages, which are asked for one after the other. */
export interface DaySource {
  attempts(): Promise<readonly ShownAttempt[]>;
  lines(cursor: string | undefined): Promise<Page<Line>>;
  /** Payments that the merchant received that day in that asset, by a list that the settlement is not made from. */
  payments(cursor: string | undefined): Promise<Page<Posting>>;
  receipt(transaction: string): Promise<Uint8Array>;
}

export type CheckName = 'receipt' | 'lines' | 'sums' | 'payments';

export interface Check {
  readonly name: CheckName;
  readonly faults: readonly Fault[];
}

export interface DayProof {
  readonly checks: readonly Check[];
  readonly lines: readonly Line[];
  /** How many payments of the merchant's own list were looked up among the lines. */
  readonly payments: number;
  /** The root that the chain recorded, when its receipt is genuine. */
  readonly root: string | undefined;
  /** A signed header that is later than the day, when a receipt is genuine. */
  readonly signed: Header | undefined;
}

export interface ProofProgress {
  readonly step: 'lines' | 'receipt' | 'payments';
  readonly lines: number;
  readonly payments: number;
}

export class NotRecordedYet extends Error {}

interface Work {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ProofProgress) => void;
}

/**
 * Proves a day's statement: its lines against the root that the chain recorded, with the receipt verified here.
 *
 * @throws NotRecordedYet while the day is not on the chain, or whatever the source throws
 */
export async function proveDay(subject: Subject, members: Members, source: DaySource, work: Work): Promise<DayProof> {
  // A further attempt may not have been recorded yet; it covers no lines.
  const shown = (await source.attempts()).filter(isRecorded);
  if (shown[0]?.attempt !== 1) throw new NotRecordedYet();
  const lines: Line[] = [];
  const payments: Posting[] = [];
  const told = (step: ProofProgress['step']) => {
    work.signal.throwIfAborted();
    work.onProgress({ step, lines: lines.length, payments: payments.length });
  };

  for await (const page of pages((cursor) => source.lines(cursor))) {
    lines.push(...page);
    told('lines');
  }
  told('receipt');
  const attempts: Attempt[] = [];
  for (const figures of shown) {
    const receipt = await readSettlement(await source.receipt(figures.transaction), members);
    attempts.push({ attempt: figures.attempt, payoutId: figures.payoutId, figures, receipt });
  }
  told('payments');
  for await (const page of pages((cursor) => source.payments(cursor))) {
    payments.push(...page);
    told('payments');
  }

  const first = attempts[0]?.receipt;
  const checks: readonly Check[] = [
    { name: 'receipt', faults: receiptFaults(attempts, subject) },
    { name: 'lines', faults: first?.valid ? lineFaults(lines, first.recorded) : [{ fault: 'root', recorded: '', found: '' }] },
    { name: 'sums', faults: sumFaults(lines, attempts) },
    { name: 'payments', faults: paymentFaults(payments, lines) },
  ];
  return {
    checks,
    lines,
    payments: payments.length,
    root: first?.valid ? first.recorded.root : undefined,
    signed: first?.valid ? first.proven.receipt.inclusion.header : undefined,
  };
}

function isRecorded(attempt: ShownAttempt): attempt is ShownAttempt & { readonly transaction: string } {
  return attempt.transaction !== undefined;
}

async function* pages<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>): AsyncGenerator<readonly Item[]> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    yield page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}
