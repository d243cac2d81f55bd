import { failureText } from '../api/failures';
import { t } from './texts';

const REFUSALS = ['webhook-address-refused', 'too-many-webhooks', 'webhook-disabled', 'key-of-this-call', 'statement-too-long', 'no-change-of-account', 'too-many-locations', 'location-has-tills'] as const;

/** Why something was not done, in words. */
export function failure(error: unknown): string {
  return failureText(error, (refusal) => {
    const known = REFUSALS.find((one) => one === refusal.problem);
    return known && t(`refusal.${known}`);
  });
}
