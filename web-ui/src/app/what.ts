import { common } from '../i18n/common';

const KNOWN = [
  'transfer', 'pay', 'refund', 'asset.issue', 'asset.redeem', 'asset.sweep', 'reward', 'sale.buy', 'hold', 'capture', 'release', 'mandate.charge',
  'settle', 'settlement.void',
  'account.open', 'account.limits', 'key.add', 'key.revoke',
] as const;

/** A purpose in plain words. */
export function whatText(purpose: string): string {
  const known = KNOWN.find((one) => one === purpose);
  return known ? common(`what.${known}`) : common('what.other', { name: purpose });
}
