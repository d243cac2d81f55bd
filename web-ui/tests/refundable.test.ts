import { expect, test } from 'vitest';

import type { MerchantIntent } from '../src/api/types';
import { captureToRefund, refundable } from '../src/till/refundable';

const part = (position: string, amount: number, refunded: number) => ({ position, transaction: '', time: '', amount, refunded });
const intent = (more: Partial<MerchantIntent>) => ({ amount: 5_000, asset: 'S-COIN', ...more }) as MerchantIntent;

test('of a payment all that was not given back can be given back', () => {
  const paid = intent({ payment: part('7.0', 5_000, 0), refunded: 1_000 });
  expect(refundable(paid)).toBe(4_000);
  expect(captureToRefund(paid, 4_000)).toBeUndefined();
  expect(refundable(intent({}))).toBe(0);
});

test('of captures the newest of which enough is left is given back', () => {
  const captured = intent({ captures: [part('8.0', 2_000, 0), part('9.0', 1_500, 1_000)] });
  expect(refundable(captured)).toBe(2_000);
  expect(captureToRefund(captured, 500)).toBe('9.0');
  expect(captureToRefund(captured, 501)).toBe('8.0');
  expect(refundable(intent({ captures: [] }))).toBe(0);
});
