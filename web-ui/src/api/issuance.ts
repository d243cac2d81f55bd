import type { Signable } from './settlement';

/** What operators see of deposits and issues, as the gateway's API says it (gateway/src/main/resources/openapi.yaml). */

/** Money that came in: one entry of the bank's files. */
export interface Deposit {
  readonly number: number;
  readonly id: string;
  readonly entry: string;
  readonly amount: number;
  readonly bookedOn: string;
  readonly payer: string;
  readonly text: string;
  readonly state: 'new' | 'unmatched' | 'matched' | 'issued' | 'to-return' | 'returned';
  readonly note: string;
  /** Charges that wait for as much. */
  readonly candidates?: readonly { readonly reference: string; readonly asset: string; readonly amount: number; readonly createdAt: string }[];
}

/** Coins that are to come to be, or to end. */
export interface Issue {
  readonly number: number;
  readonly id: string;
  readonly kind: 'issue' | 'redeem';
  readonly account: string;
  readonly asset: string;
  readonly amount: number;
  readonly bonus?: { readonly amount: number; readonly programme: string };
  readonly state: 'waiting' | 'signed' | 'recorded' | 'refused' | 'withdrawn';
  readonly proposedAt: string;
  /** Whether an operator proposed it, and not a deposit that names its charge. */
  readonly byHand: boolean;
  readonly reason?: string;
  readonly deposit?: Deposit;
  readonly refusal?: string;
  /** What is signed, while it waits. */
  readonly words?: Signable;
}

export interface NotIssued {
  readonly count: number;
  readonly amount: number;
}
