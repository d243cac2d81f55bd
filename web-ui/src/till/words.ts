import type { Refusal } from '../api/client';
import { failureText } from '../api/failures';
import { t } from './texts';

const REFUSALS = [
  'over-payment', 'not-refundable', 'refund-above-limit', 'insufficient-funds', 'intent-already-paid', 'refund-needs-payment', 'over-hold',
  'hold-not-open', 'intent-not-authorised', 'customer-code-malformed', 'customer-code-altered', 'customer-code-expired', 'customer-code-ahead',
  'customer-code-claimed', 'customer-code-over-limit', 'customer-code-other-asset', 'mandate-used', 'over-payment-limit', 'over-day-limit',
  'same-account', 'intent-expired', 'intent-being-paid',
] as const;

/** Why something was not done, in words. */
export function failure(error: unknown): string {
  return failureText(error, (refusal) => {
    const known = REFUSALS.find((one) => one === refusal.problem);
    return known && t(`refusal.${known}`);
  });
}

/** Why a customer's code was not charged: there the money that is missing is the customer's. */
export function chargeFailure(error: unknown): string {
  return (error as Partial<Refusal>).problem === 'insufficient-funds' ? t('refusal.insufficient-funds.customer') : failure(error);
}
