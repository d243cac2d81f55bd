import { Refusal } from '../api/client';
import { failureText } from '../api/failures';
import type { Activity } from '../api/types';
import { money } from '../i18n/format';
import { named } from '../app/names';
import type { IconName } from '../components/Icon.svelte';
import { t } from './texts';

const REFUSALS = [
  'insufficient-funds', 'intent-expired', 'intent-already-paid', 'intent-being-paid', 'intent-amount-differs', 'intent-cancelled', 'no-such-payee',
  'no-such-intent', 'unknown-account', 'same-account', 'expired', 'over-payment-limit', 'over-day-limit', 'key-revoked', 'key-expired',
  'last-key', 'too-many-keys', 'phone-taken', 'customer-code-expired', 'customer-code-ahead', 'customer-code-other-asset', 'intent-authorised',
  'intent-needs-hold', 'intent-hold-differs', 'over-held-limit',
] as const;

/** What a split of a price may meet when something changed since it was made. */
const CHANGED = new Set([
  'unknown-programme', 'programme-mismatch', 'programme-closed', 'asset-expired', 'category-not-allowed', 'region-not-allowed', 'over-holding-cap',
  'over-rule', 'over-person-share', 'over-programme-total', 'fund-empty',
]);

function knownRefusal(name: string): string | undefined {
  if (CHANGED.has(name)) return t('refusal.parts-changed');
  const known = REFUSALS.find((one) => one === name);
  return known && t(`refusal.${known}`);
}

/** Why something was not done, in words. */
export function failure(error: unknown): string {
  return failureText(error, (refusal) => knownRefusal(refusal.problem));
}

/** Why a payment was not made, in words. */
export function refusalText(name: string, asset: string, available?: number): string {
  if (name === 'insufficient-funds' && available !== undefined) {
    return t('refusal.insufficient-funds.available', { available: money(available, asset) });
  }
  return knownRefusal(name) ?? failure(new Refusal(name, 409, {}));
}

export function activityTitle(activity: Activity): string {
  return named(activity.counterparty?.name) || activityType(activity);
}

export function activityType(activity: Activity): string {
  switch (activity.type) {
    case 'refund':
      return t(activity.direction === 'in' ? 'activity.refund' : 'activity.refunded');
    case 'received':
    case 'charge':
    case 'redeem':
    case 'hold':
    case 'release':
    case 'reward':
    case 'bonus':
    case 'bought':
    case 'sold':
    case 'swept':
      return t(`activity.${activity.type}`);
    default:
      return t('activity.payment');
  }
}

/** What a programme had to do with it; empty when it had nothing. */
export function activityGiven({ type, bonus, price, asset, reference }: Activity): string {
  if (bonus !== undefined) return t('activity.with-bonus', { amount: money(bonus, asset) });
  if (price) return t('activity.for', { price: money(price.amount, price.asset) });
  return type === 'reward' ? (reference ?? '') : '';
}

export function activityIcon(activity: Activity): IconName {
  if (activity.type === 'refund') return 'undo';
  if (activity.type === 'charge' || activity.type === 'reward') return 'plus';
  if (activity.type === 'bought' || activity.type === 'sold') return 'paper';
  if (activity.counterparty?.kind === 'machine') return 'machine';
  if (activity.counterparty?.kind === 'merchant') return 'shop';
  return activity.direction === 'in' ? 'in' : 'send';
}
