import type { Figures } from '../settlements/figures';
import type { Correction } from './terms';
import type { Names } from './types';

/** Settlements and statements of a merchant, as the gateway's API says them. */

export type SettlementState = 'pending' | 'carried' | 'on-its-way' | 'paid' | 'returned';

/** A day in one asset, as its last attempt left it. */
export interface SettledDay extends Figures {
  readonly asset: string;
  /** Such as `2026-11-20`, in Korea. */
  readonly day: string;
  readonly attempt: number;
  readonly status: SettlementState;
  readonly postings: number;
  readonly payoutId: string;
  readonly position?: string;
  readonly transaction?: string;
  readonly returned?: { readonly reason: string; readonly words: Names; readonly coinsAreBack: boolean };
  readonly attempts?: readonly SettledDay[];
}

/** What an hour of a day or a day of a month brought. */
export interface ChartPoint {
  /** `00` to `23`, or a day. */
  readonly at: string;
  readonly captureCount: number;
  readonly captures: number;
  readonly refundCount: number;
  readonly refunds: number;
}

/** A day of a statement: the figures of all attempts, and the state of the last. */
export interface StatementDay extends Omit<SettledDay, 'returned' | 'attempts'> {
  readonly corrections?: readonly Correction[];
  readonly attempts: readonly SettledDay[];
}

/** A statement of a day (`2026-11-20`) or a month (`2026-11`). */
export interface StatementView {
  readonly asset: string;
  readonly period: string;
  readonly from: string;
  readonly until: string;
  /** Whether every day of the period is settled. */
  readonly complete: boolean;
  readonly figures: Figures & { readonly postings: number; readonly paid: number; readonly underWay: number; readonly returned: number };
  /** Oldest first; a day's statement has one. */
  readonly days: readonly StatementDay[];
  readonly chart: readonly ChartPoint[];
}
