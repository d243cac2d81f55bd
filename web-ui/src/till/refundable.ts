import type { MerchantIntent } from '../api/types';

/** How much of an intent can be given back at once: all of a payment, or what is left of one of a hold's captures. */
export function refundable(intent: MerchantIntent): number {
  if (intent.captures) return Math.max(0, ...intent.captures.map((capture) => (capture.amount ?? 0) - (capture.refunded ?? 0)));
  return intent.payment ? intent.amount - (intent.refunded ?? 0) : 0;
}

/** The capture that a refund gives back: the newest of which this much is left; none when the intent was paid at once. */
export function captureToRefund(intent: MerchantIntent, amount: number): string | undefined {
  return intent.captures?.findLast((capture) => (capture.amount ?? 0) - (capture.refunded ?? 0) >= amount)?.position;
}
