import { type RequestOptions, call } from './client';
import type { Names } from './types';

/** What programmes give, and what binds points and vouchers (docs/formats.md, sections 14 and 15). */

export interface Programme {
  readonly code: string;
  readonly kind: 'discount' | 'bonus' | 'earning' | 'reward' | 'sale';
  readonly name: Names;
  /** What it gives. */
  readonly asset: string;
  readonly fund: string;
  readonly from: string;
  readonly until: string;
  /** Hundredths of a percent. */
  readonly rate?: number;
  /** Of a sale: one lot. */
  readonly amount?: number;
  readonly price?: { readonly amount: number; readonly asset: string };
  readonly perPerson: number;
  readonly periodDays?: number;
  readonly total: number;
  readonly left: number;
  readonly fundAvailable: number;
  /** Only for whoever has signed in: what it gave this person, and what it may still give. */
  readonly mine?: { readonly given: number; readonly left: number };
}

export interface Programmes {
  /** The gateway's clock. */
  readonly time?: string;
  readonly items: readonly Programme[];
}

export interface AssetRules {
  readonly expiresAt?: string;
  readonly categories?: readonly string[];
  readonly regions?: readonly string[];
  readonly gifts: boolean;
  readonly perPayment?: number;
  readonly perDay?: number;
  readonly holdingCap?: number;
}

export interface BoundAsset {
  readonly code: string;
  readonly kind: 'coin' | 'point' | 'voucher';
  readonly name: Names;
  readonly rules?: AssetRules;
}

/** Told from the gateway's memory when nobody in particular asks. @throws Refusal or Unreachable */
export function programmes(options: RequestOptions = {}): Promise<Programmes> {
  return call<Programmes>('GET', '/v1/programmes', options);
}

/** @throws Refusal or Unreachable */
export async function boundAssets(): Promise<readonly BoundAsset[]> {
  return (await call<{ readonly items: readonly BoundAsset[] }>('GET', '/v1/assets')).items;
}
