import { describe, expect, test } from 'vitest';

import { base64url, fromHex } from '../../src/chain/bytes';
import { addsUp, partsOf } from '../../src/settlements/figures';
import { comparePositions, postingOf, postingsRoot } from '../../src/settlements/postings';
import { payoutIdOf } from '../../src/settlements/recorded-settlement';
import { PERSON, SHOP } from './town';

const FUND = 'ef'.repeat(16);
const change = (data: object, asset = 'S-COIN') => postingOf('7.0', data as never, SHOP, asset)?.change;

test('a payment to the account adds, one of it takes', () => {
  const payment = { amount: 4_500, asset: 'S-COIN', payee: SHOP, payer: PERSON };
  expect(postingOf('7.0', { payment }, SHOP, 'S-COIN')).toEqual({ position: '7.0', change: 4_500 });
  expect(change({ payment: { ...payment, payee: PERSON, payer: SHOP } })).toBe(-4_500);
  expect(change({ payment: { ...payment, payee: PERSON } })).toBeUndefined();
  expect(change({ payment }, 'U-COIN')).toBeUndefined();
});

test('each leg of a composite payment and of its refund counts in its own asset', () => {
  const legs = [{ amount: 300, asset: 'POINT' }, { amount: 4_200, asset: 'S-COIN' }];
  const composite = { amount: 4_500, asset: 'S-COIN', legs, payee: SHOP, payer: PERSON };
  expect([change({ composite }), change({ composite }, 'POINT'), change({ composite }, 'U-COIN')]).toEqual([4_200, 300, undefined]);
  const back = [{ amount: 0, asset: 'POINT', refunded: 0 }, { amount: 1_000, asset: 'S-COIN', refunded: 1_000 }];
  const refund = { amount: 1_000, asset: 'S-COIN', legs: back, payee: PERSON, payer: SHOP, payment: '7.0', refunded: 1_000 };
  expect([change({ refund }), change({ refund }, 'POINT')]).toEqual([-1_000, undefined]);
});

test('coins that are issued or redeemed count, settlements and what else there is do not', () => {
  const coins = { account: SHOP, amount: 900, asset: 'S-COIN' };
  expect(change({ issued: coins })).toBe(900);
  expect(change({ redeemed: coins })).toBe(-900);
  expect(change({ issued: { ...coins, account: FUND } })).toBeUndefined();
  for (const other of ['settlement', 'voided', 'hold', 'released', 'reward']) expect(change({ [other]: { ...coins, payee: SHOP } })).toBeUndefined();
  expect(change({})).toBeUndefined();
});

test.each([{ payment: 7 }, { payment: { asset: 'S-COIN', payee: SHOP, payer: PERSON } }, { refund: [] }])('%j is refused', (data) => {
  expect(() => change(data)).toThrow(SyntaxError);
});

// Computed by the Java code: io.madang.ledger.Settlement.leaf, PayoutId, and io.madang.chain.MerkleTree.
describe('vectors of the ledger', () => {
  const postings = [['1042.7', 4_500], ['1050.0', -345], ['1050.12', 12_000], ['2000.3', 7], ['9007199254.1', -9_000]] as const;

  test.each([
    [0, 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855'],
    [1, 'F42CA3355D0E21F58A059B301DDB9DECB0B4E54C3C81DD4B06EDAD5C6358C05B'],
    [2, 'C2177CCCBB558748BC9BBA08168B198E1ED48ECD95FF3658B6533A59FAF9E53C'],
    [3, '7C6EF8B6AE14685960FD88EA567BF7E647396A5B45ACF513CF2C56C258A5A9CE'],
    [4, 'DDF2B06A1F2F90F17132C95F76E7440796B93B43964642CA3E631ABC11DD78E3'],
    [5, 'F736D1ACD4C7D676706CB302EACEBB802BF54167F83AF05F9B5D10F14E46B058'],
  ])('the root of %i postings', (count, root) => {
    expect(postingsRoot(postings.slice(0, count).map(([position, change]) => ({ position, change })))).toBe(base64url(fromHex(root)));
  });

  test('the root of 1,000 postings', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => ({ position: `${1 + Math.floor(i / 7)}.${i % 7}`, change: (i % 5 === 4 ? -1 : 1) * (100 + i) }));
    expect(postingsRoot(many)).toBe(base64url(fromHex('123A2AA3F84133FAAE47F44E9DB55FB91387A6733280F124A23B3515A21049B5')));
  });

  test('a payout’s id follows from what it pays', () => {
    const settled = { asset: 'S-COIN', merchant: SHOP, day: 20_412, attempt: 1 };
    expect(payoutIdOf('town', settled)).toBe('c4da56d9f97d39793bcf53c1b3931068');
    expect(payoutIdOf('town', { ...settled, attempt: 2 })).toBe('3264bb33b5d48a9c113f6e31b9c66e10');
  });
});

test('positions are compared as numbers', () => {
  const sorted = ['10.0', '9.10', '9.2', '1042.7'].sort(comparePositions);
  expect(sorted).toEqual(['9.2', '9.10', '10.0', '1042.7']);
  for (const wrong of ['0.1', '1', '1.01', '1.-1', '', '1.1.1']) expect(() => comparePositions(wrong, '1.0')).toThrow(SyntaxError);
});

describe('figures', () => {
  const figures = {
    captureCount: 3, captures: 23_415, refundCount: 1, refunds: 5_000, others: 0, fees: 93, adjustments: 0, carriedBefore: -1_000, owedBefore: 0,
    charges: 93, payout: 17_322, carried: 0, owed: 0,
  };

  test('are shown in parts that add up to the payout', () => {
    expect(addsUp(figures)).toBe(true);
    const parts = partsOf(figures);
    expect(parts.map(({ name }) => name)).toEqual(['captures', 'refunds', 'fees', 'carriedBefore']);
    expect(parts.reduce((sum, { amount }) => sum + amount, 0)).toBe(figures.payout);
  });

  test('with everything in them add up too', () => {
    const full = { ...figures, others: 77, adjustments: 50, owedBefore: 30, charges: 60, owed: 13, carried: 110, payout: 17_322 };
    expect(addsUp(full)).toBe(true);
    expect(partsOf(full)).toHaveLength(9);
    expect(partsOf(full).reduce((sum, { amount }) => sum + amount, 0)).toBe(full.payout);
  });

  test('that do not add up are found out', () => {
    expect(addsUp({ ...figures, payout: 17_321 })).toBe(false);
    expect(addsUp({ ...figures, fees: 92 })).toBe(false);
  });
});
