/** Webhooks and keys of a merchant, as the gateway's API says them (gateway/src/main/resources/openapi.yaml). */

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly types: readonly string[];
  readonly enabled: boolean;
  readonly disabledBecause?: 'owner' | 'failing' | 'gone';
  readonly failing: boolean;
  readonly publicKey: string;
  /** Only when it was just made. */
  readonly secret?: string;
  readonly oldSecretUntil?: string;
  readonly createdAt: string;
}

export interface Attempt {
  readonly at: string;
  readonly durationMillis: number;
  readonly outcome: 'delivered' | 'answered-otherwise' | 'gone' | 'name-unknown' | 'address-not-public' | 'not-reached' | 'too-slow';
  readonly status?: number;
  readonly answer: string;
}

export interface Delivery {
  readonly event: string;
  readonly number: number;
  readonly type: string;
  readonly time: string;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly nextAttemptAt?: string;
  readonly log: readonly Attempt[];
}

export type Role = 'owner' | 'manager' | 'cashier';

export interface StaffKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly till?: string;
  readonly refundLimit: number;
  readonly createdAt: string;
  /** To the minute; absent when it was never used. */
  readonly usedAt?: string;
  /** Whether this page is signed in with it. */
  readonly current: boolean;
}
