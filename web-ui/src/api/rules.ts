import type { JsonObject } from '../chain/canonical-json';
import type { Asset, Names } from './types';

/** Rules, programmes and proposals, as the gateway's API says it (gateway/src/main/resources/openapi.yaml). */

/** What binds points or vouchers; what is absent does not bind. */
export interface Rules {
  readonly version: number;
  readonly from: string;
  readonly expiresAt?: string;
  readonly categories?: readonly string[];
  readonly regions?: readonly string[];
  readonly gifts: boolean;
  readonly perPayment?: number;
  readonly perDay?: number;
  readonly holdingCap?: number;
  readonly forWon: boolean;
}

export interface RuledAsset extends Asset {
  readonly threshold: number;
  readonly issued: number;
  readonly redeemed: number;
  readonly rules?: Rules;
  readonly scheduled: readonly Rules[];
}

export const KINDS = ['earning', 'discount', 'bonus', 'reward', 'sale'] as const;
export type ProgrammeKind = (typeof KINDS)[number];

export interface Terms {
  readonly from: string;
  readonly until: string;
  readonly rate?: number;
  readonly amount?: number;
  readonly price?: { readonly amount: number; readonly asset: string };
  readonly perPerson: number;
  readonly periodDays?: number;
  readonly total: number;
}

export interface Programme extends Terms {
  readonly code: string;
  readonly kind: ProgrammeKind;
  readonly name: Names;
  readonly asset: string;
  readonly version: number;
  readonly state: 'coming' | 'running' | 'over';
  readonly given: number;
  readonly left: number;
  readonly fundAvailable: number;
  readonly scheduled: readonly Terms[];
}

export type ProposalPurpose = 'asset.rules' | 'account.attributes' | 'programme.set' | 'asset.sweep';

export interface Proposal {
  readonly number: number;
  readonly purpose: ProposalPurpose;
  readonly approvalPurpose?: string;
  readonly about: string;
  readonly asset: string;
  readonly chain: string;
  readonly words: JsonObject;
  readonly name?: Names;
  readonly approvals: readonly string[];
  /** How many there must be, that of the transaction included. */
  readonly signatures: number;
  readonly state: 'waiting' | 'signed' | 'done' | 'refused' | 'withdrawn';
  readonly own: boolean;
  readonly proposedAt: string;
  readonly transaction?: string;
  readonly reason?: string;
}

/** What the chain's records say: who set what, in which block. */
export interface RuleRecord {
  readonly position: string;
  readonly height: number;
  readonly time: string;
  readonly transaction: string;
  readonly purpose: ProposalPurpose;
  readonly signer: string;
  readonly approvers: readonly string[];
  readonly words: JsonObject;
}

export interface Attributes {
  readonly account: string;
  readonly kind: string;
  readonly category?: string;
  readonly region?: string;
}
