import { failureText } from '../api/failures';
import { t } from './texts';

const REFUSALS = ['over-payment', 'not-refundable', 'refund-above-limit', 'insufficient-funds', 'intent-already-paid'] as const;

/** Why something was not done, in words. */
export function failure(error: unknown): string {
  return failureText(error, (refusal) => {
    const known = REFUSALS.find((one) => one === refusal.problem);
    return known && t(`refusal.${known}`);
  });
}
