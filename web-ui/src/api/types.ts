/** What the gateway's API says (gateway/src/main/resources/openapi.yaml), as far as the pages use it. */

export interface Names {
  readonly ko: string;
  readonly en: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

export interface Asset {
  readonly code: string;
  readonly scale: number;
  readonly kind: 'coin' | 'point' | 'voucher';
  readonly name: Names;
}

export interface ChainInfo {
  readonly chain: string;
  readonly height: number;
  readonly time: string;
  readonly members: readonly { readonly key: string; readonly name: string; readonly power: number }[];
  readonly assets: readonly Asset[];
  readonly transactionValidityMillis: number;
  readonly demo: boolean;
}

export interface Balance {
  readonly asset: string;
  readonly available: number;
  readonly held: number;
  /** Of one's own account: what counts against the limits of today. */
  readonly spentToday?: number;
}

/** A part of a payment of legs, or of its refund. */
export interface PaidLeg {
  readonly asset: string;
  readonly amount: number;
  /** The sum that was given back of it. */
  readonly refunded: number;
}

/** Points beside a payment: earned, or taken back by a refund. */
export interface EarnedPoints {
  readonly asset: string;
  readonly amount: number;
  /** Coins that were kept back for points already spent. */
  readonly withheld: number;
}

/** What a payment was made of; absent when it was of one asset. */
export interface InParts {
  readonly legs?: readonly PaidLeg[];
  readonly earned?: EarnedPoints;
}

export interface AccountKey {
  readonly key: string;
  readonly label: string;
  readonly expiresAt: string;
  readonly revoked: boolean;
}

export interface Me {
  readonly account: string;
  readonly kind: string;
  readonly alias?: { readonly phone?: string; readonly name?: string };
  readonly balances: readonly Balance[];
  readonly keys: readonly AccountKey[];
  readonly limits?: { readonly perPayment?: number; readonly perDay?: number };
}

export interface Activity extends InParts {
  readonly position: string;
  readonly transaction: string;
  readonly type: string;
  readonly direction: 'in' | 'out';
  readonly asset: string;
  readonly amount: number;
  readonly counterparty?: { readonly account: string; readonly name?: Names; readonly kind: string };
  readonly reference?: string;
  /** The programme that gave something. */
  readonly programme?: string;
  /** What a programme added to a charge. */
  readonly bonus?: number;
  /** What a lot of a sale cost. */
  readonly price?: { readonly amount: number; readonly asset: string };
  readonly time: string;
  readonly height: number;
}

export type IntentStatus =
  | 'created' | 'authorised' | 'partly-captured' | 'voided' | 'paid' | 'expired' | 'cancelled' | 'partly-refunded' | 'refunded';

export interface Intent {
  readonly id: string;
  readonly status: IntentStatus;
  readonly amount: number;
  readonly asset: string;
  readonly reference?: string;
  readonly till?: string;
  readonly expiresAt: string;
  readonly createdAt: string;
  readonly refunded?: number;
  /** Asked for as a hold until then; absent when it is paid at once. */
  readonly heldUntil?: string;
}

/** A payment or a hold of an intent, where it stands on the chain. */
export interface IntentPart {
  readonly position: string;
  readonly transaction: string;
  readonly time: string;
  readonly payerMasked?: string;
  readonly amount?: number;
  readonly refunded?: number;
}

export interface MerchantIntent extends Intent, InParts {
  readonly qr: string;
  readonly shortCode: string;
  readonly merchant: { readonly id: string; readonly name: Names };
  readonly payment?: IntentPart;
  readonly hold?: IntentPart;
  readonly captured?: number;
  readonly capturable?: number;
  readonly captures?: readonly IntentPart[];
}

/** News of an account: a payment or a refund. */
export interface AccountEvent {
  readonly position: string;
  readonly transaction: string;
  readonly direction: 'in' | 'out';
  readonly kind: string;
  readonly asset: string;
  readonly amount: number;
  readonly time: string;
  readonly reference?: string;
}

/** News of an account: a till scanned its code. */
export interface CustomerCodeEvent {
  readonly status: 'scanned' | 'refused';
  readonly intent: string;
  readonly amount: number;
  readonly asset: string;
  readonly merchant: { readonly name: Names };
  readonly problem?: string;
  readonly time: string;
}

export interface Payee {
  readonly account: string;
  readonly name: Names;
  readonly kind: string;
  readonly masked?: boolean;
  /** What the chain says of a shop; vouchers go by it. */
  readonly category?: string;
  readonly region?: string;
  readonly intent?: Intent;
  readonly sticker?: { readonly id: string; readonly till?: string };
}

export interface Charge {
  readonly id: string;
  readonly status: 'pending' | 'confirmed' | 'failed';
  readonly amount: number;
  readonly asset: string;
  /** By transfer: where to pay in, and what to write beside it. */
  readonly payIn?: { readonly bank: string; readonly number: string; readonly holder: string; readonly reference: string; readonly amount: number };
  /** By transfer: whether the money has come in. */
  readonly deposit?: 'awaited' | 'seen';
  /** What a programme adds to the amount. */
  readonly bonus?: { readonly programme: string; readonly amount: number };
  readonly transaction?: string;
  readonly reason?: string;
}

export interface TransactionAnswer {
  readonly status: 'final' | 'pending' | 'unknown';
  readonly hash: string;
  readonly position?: string;
  readonly height?: number;
  readonly time?: string;
  readonly data?: Record<string, unknown>;
  readonly transaction?: string;
}

export interface Merchant {
  readonly id: string;
  readonly account: string;
  readonly name: Names;
  readonly role: 'owner' | 'manager' | 'cashier';
  readonly till?: string;
  readonly balances: readonly Balance[];
  readonly today: { readonly count: number; readonly amount: number; readonly refunded: number };
}

/** A payment that a merchant received, of an intent or of a sticker. */
export interface ReceivedPayment extends InParts {
  readonly position: string;
  readonly transaction: string;
  readonly asset: string;
  readonly amount: number;
  readonly time: string;
  readonly payerMasked: string;
  readonly reference?: string;
  readonly intent?: string;
  readonly refunded?: number;
  readonly sticker?: string;
  readonly till?: string;
}

export interface Sticker {
  readonly id: string;
  readonly till: string;
  readonly qr?: string;
  readonly closed?: boolean;
}

/** What became of what the gateway signed for a merchant. */
export interface MerchantAct {
  readonly status: 'final' | 'pending';
  readonly position?: string;
  readonly transaction?: string;
  readonly amount: number;
}

export interface Refund {
  readonly status: 'final' | 'pending';
  readonly position?: string;
  readonly amount: number;
  readonly refunded?: number;
}

export interface BlockSummary {
  readonly height: number;
  readonly time: string;
  readonly hash: string;
  readonly stateHash: string;
  readonly transactions: number;
}

export interface BlockDetail extends BlockSummary {
  readonly header: Readonly<Record<string, unknown>>;
  readonly commit: Readonly<Record<string, unknown>>;
  readonly contents: readonly { readonly hash: string; readonly purpose: string; readonly position: string }[];
}

/** Blocks with what came of their transactions: each result's data as the text that was hashed. */
export interface BlockResults {
  readonly items: readonly { readonly header: Readonly<Record<string, unknown>>; readonly results: readonly string[] }[];
}

export interface Demo {
  readonly merchant: { readonly apiKey: string; readonly name: Names; readonly till: string };
  readonly addresses: readonly string[];
  readonly operators: readonly { readonly apiKey: string; readonly approverKey: string }[];
}
