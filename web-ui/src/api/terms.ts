/** What is agreed on with a merchant and what it has to have seen, as the gateway's API says it. */

type Decision = 'proposed' | 'approved' | 'declined';

interface Proposal {
  readonly number: number;
  readonly state: Decision;
  /** Whether whoever asks has proposed it, and so may not approve it. */
  readonly own: boolean;
  readonly proposedAt: string;
  readonly decidedAt?: string;
}

export interface FeeProposal extends Proposal {
  readonly fromDay: string;
  readonly basisPoints: number;
}

export interface CorrectionProposal extends Proposal {
  readonly asset: string;
  /** Positive in favour of the merchant. */
  readonly change: number;
  readonly reason: string;
  readonly day?: string;
}

/** A correction as a statement shows it. */
export interface Correction {
  readonly number: number;
  readonly change: number;
  readonly reason: string;
}

export interface Rates {
  /** The business day that goes on. */
  readonly today: string;
  /** Newest first; nothing is paid before the last one. */
  readonly items: readonly { readonly fromDay: string; readonly basisPoints: number }[];
}

export interface Notice {
  readonly number: number;
  readonly type: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly seenAt?: string;
  readonly seenBy?: string;
}
