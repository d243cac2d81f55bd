import { describe, expect, test } from 'vitest';

import type { Programme } from '../../src/api/programmes';
import { bestOffer, countdown, discountPercent, lotsLeft, offer, saleState } from '../../src/wallet/offers';
import { Random, seeds } from '../seeds';

const NOON = Date.parse('2026-11-22T03:00:00.000Z');
const NAMES = { ko: '첫 충전', en: 'First charge' };
const PLENTY = 1_000_000_000;

const programme = (kind: Programme['kind'], more: Partial<Programme> = {}): Programme => ({
  code: 'P',
  kind,
  name: NAMES,
  asset: 'S-COIN',
  fund: '0'.repeat(32),
  from: '2026-11-22T00:00:00.000Z',
  until: '2026-11-23T00:00:00.000Z',
  perPerson: PLENTY,
  total: PLENTY,
  left: PLENTY,
  fundAvailable: PLENTY,
  ...more,
});

describe('what a programme adds to a charge', () => {
  test('with a tenth off, 10,000 cost 9,000', () => {
    expect(offer(programme('discount', { rate: 1_000 }), 10_000)).toMatchObject({ paid: 9_000, bonus: 1_000 });
  });

  test('with a bonus of a tenth, 10,000 bring 11,000', () => {
    expect(offer(programme('bonus', { rate: 1_000 }), 10_000)).toMatchObject({ paid: 10_000, bonus: 1_000 });
  });

  test('what is left of the share bounds it, and the rest is paid', () => {
    expect(offer(programme('discount', { rate: 1_000, mine: { given: 0, left: 300 } }), 10_000)).toMatchObject({ paid: 9_700, bonus: 300 });
    expect(offer(programme('discount', { rate: 1_000, fundAvailable: 0 }), 10_000)).toMatchObject({ paid: 10_000, bonus: 0 });
  });

  test.each(seeds(300))('never asks for more than the ledger gives, seed %i', (seed) => {
    const random = new Random(seed);
    const rate = 1 + random.below(5_000);
    const wish = 1 + random.below(100_000);
    const kind = random.below(2) === 0 ? 'discount' : 'bonus';
    const { paid, bonus } = offer(programme(kind, { rate, left: random.below(20_000) }), wish);
    // The ledger's rule: a share of what the charge brings, or of what it costs.
    expect(BigInt(bonus)).toBeLessThanOrEqual((BigInt(kind === 'discount' ? paid + bonus : paid) * BigInt(rate)) / 10_000n);
    expect(kind === 'discount' ? paid + bonus : paid).toBe(wish);
    expect(paid).toBeGreaterThan(0);
  });

  test('the best of those that are running is taken', () => {
    const small = programme('bonus', { code: 'SMALL', rate: 100 });
    const large = programme('discount', { code: 'LARGE', rate: 500 });
    const over = programme('bonus', { code: 'OVER', rate: 5_000, until: '2026-11-22T01:00:00.000Z' });
    const other = programme('bonus', { code: 'OTHER', rate: 5_000, asset: 'U-COIN' });
    expect(bestOffer([small, over, other, large], 'S-COIN', 10_000, NOON)?.programme.code).toBe('LARGE');
    expect(bestOffer([small], 'S-COIN', 99, NOON)).toBeUndefined();
  });
});

describe('a sale', () => {
  const sale = programme('sale', { asset: 'SINCHON', amount: 10_000, price: { amount: 9_000, asset: 'S-COIN' }, total: 50_000, left: 20_000 });

  test('opens, sells out and ends by the clock it is given', () => {
    expect(saleState(sale, Date.parse(sale.from) - 1)).toBe('coming');
    expect(saleState(sale, Date.parse(sale.from))).toBe('open');
    expect(saleState({ ...sale, left: 9_999 }, NOON)).toBe('sold-out');
    expect(saleState({ ...sale, left: 0 }, Date.parse(sale.until))).toBe('over');
  });

  test('has as many lots as the fund can give', () => {
    expect(lotsLeft(sale)).toBe(2);
    expect(lotsLeft({ ...sale, fundAvailable: 10_000 })).toBe(1);
    expect(discountPercent(sale)).toBe(10);
  });

  test('counts down in whole seconds, never below none', () => {
    expect(countdown(90_061_000)).toEqual({ days: 1, clock: '01:01:01' });
    expect(countdown(1)).toEqual({ days: 0, clock: '00:00:01' });
    expect(countdown(-5)).toEqual({ days: 0, clock: '00:00:00' });
  });
});
