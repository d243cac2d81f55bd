import type { JsonObject } from '../chain/canonical-json';
import type { Names } from './types';

/** What operators see of the settlement, as the gateway's API says it (gateway/src/main/resources/openapi.yaml). */

export const STAGES = ['ended', 'computed', 'approved', 'recorded', 'filed', 'leaving', 'delivered', 'closed'] as const;
export type Stage = (typeof STAGES)[number] | 'open';

export interface Totals {
  readonly merchants: number;
  readonly postings: number;
  readonly captures: number;
  readonly refunds: number;
  readonly others: number;
  readonly fees: number;
  readonly adjustments: number;
  readonly carriedBefore: number;
  readonly charges: number;
  readonly payouts: number;
  readonly payoutSum: number;
  readonly carried: number;
}

export interface Progress {
  readonly recorded: number;
  /** How many payouts are in each state. */
  readonly payouts: Readonly<Record<string, number>>;
  readonly postingsRead?: number;
}

/** The close of one day. */
export interface SettlementRun {
  readonly id: string;
  readonly asset: string;
  readonly day: string;
  readonly number: number;
  readonly stage: Stage;
  readonly nextAct: string;
  readonly waitingFor?: string;
  readonly executeOn?: string;
  readonly digest?: string;
  readonly file?: string;
  readonly totals?: Totals;
  readonly progress?: Progress;
  /** What operators say of its file: that the bank never had it. */
  readonly denial?: { readonly own: boolean; readonly saidAt: string; readonly confirmed: boolean };
}

/** What waits for approvers' signatures: a settlement of a merchant's day, or the voiding of a payout. */
export interface Approvable {
  readonly payoutId: string;
  readonly chain: string;
  readonly purpose: string;
  readonly approvalPurpose: string;
  readonly approval: JsonObject;
  readonly operation: JsonObject;
  readonly approvals: readonly string[];
  readonly threshold: number;
}

export interface Approved {
  readonly accepted: number;
  readonly refused: readonly { readonly index: number; readonly reason: string }[];
}

/** What no rule may decide. */
export interface Work {
  readonly number: number;
  readonly puzzle: string;
  readonly subject: string;
  readonly foundAt: string;
  /** What came of it, once somebody has looked. */
  readonly note?: string;
  readonly doneAt?: string;
}

export interface RegisteredMerchant {
  readonly id: string;
  readonly account: string;
  readonly name: Names;
}

export interface MerchantBankAccount {
  readonly bank: string;
  readonly number: string;
  readonly holder: string;
  /** Objected to: the merchant's owner did not want it. */
  readonly status: 'proposed' | 'confirmed' | 'objected';
  readonly effectiveAt?: string;
  /** Whether whoever asks has proposed it, and so may not confirm it. */
  readonly own?: boolean;
}

/** The proof of reserves of one day; amounts in won. */
export interface ReserveDay {
  readonly day: string;
  readonly outstanding: number;
  readonly coins: readonly { readonly asset: string; readonly outstanding: number }[];
  readonly height: number;
  readonly hash: string;
  readonly stateHash: string;
  readonly booked?: number;
  readonly difference?: number;
  readonly statement?: { readonly id: string; readonly file: string; readonly receivedAt: string };
}

/** A shop that wants to be a merchant. */
export interface MerchantApplication {
  readonly number: number;
  readonly businessNumber: string;
  /** How many merchants are registered under this business number already. */
  readonly registered: number;
  readonly name: Names;
  readonly city: Names;
  readonly category: string;
  readonly postalCode?: string;
  readonly contact: { readonly name: string; readonly phone: string };
  readonly state: 'waiting' | 'approved' | 'declined';
  /** Whether whoever asks has written it down or approved it first, and so may not approve it. */
  readonly own: boolean;
  /** Whether the shop applied by itself: then two operators approve it. */
  readonly byShop: boolean;
  /** Whether the first of them has. */
  readonly checked: boolean;
  readonly appliedAt: string;
}
