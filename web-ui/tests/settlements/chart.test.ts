import { expect, test } from 'vitest';

import { statementPlace } from '../../src/merchant/statement-place';
import { barsOf } from '../../src/settlements/chart';

test('a day has 24 bars, also for hours without sales', () => {
  const bars = barsOf('2026-11-20', [{ at: '09', captures: 4_500, refunds: 300 }]);
  expect(bars).toHaveLength(24);
  expect(bars[9]).toEqual({ key: '09', up: 4_500, down: 300 });
  expect(bars[10]).toEqual({ key: '10', up: 0, down: 0 });
});

test.each([['2026-11', 30], ['2026-12', 31], ['2026-02', 28], ['2028-02', 29]])('%s has %i bars', (month, days) => {
  const bars = barsOf(month, [{ at: `${month}-28`, captures: 7, refunds: 0 }]);
  expect(bars).toHaveLength(days);
  expect([bars[0]!.key, bars[27], bars.at(-1)!.key]).toEqual([`${month}-01`, { key: `${month}-28`, up: 7, down: 0 }, `${month}-${days}`]);
});

test('the place of a statement is taken from the address, and nothing else', () => {
  expect(statementPlace(['settlements', 'S-COIN', '2026-11-20'])).toEqual({ asset: 'S-COIN', period: '2026-11-20', proof: false });
  expect(statementPlace(['settlements', 'S-COIN', '2026-11'])).toMatchObject({ period: '2026-11', proof: false });
  expect(statementPlace(['settlements', 'S-COIN', '2026-11-20', 'proof'])).toMatchObject({ proof: true });
  for (const other of ['settlements', 'settlements/S-COIN', 'sales/S-COIN/2026-11', 'settlements/s/2026-11', 'settlements/../2026-11', 'settlements/S-COIN/2026-13', 'settlements/S-COIN/2026-11/proof', 'settlements/S-COIN/2026-11-20/x', 'settlements/S-COIN/2026-11-20/proof/x']) {
    expect(statementPlace(other.split('/')), other).toBeUndefined();
  }
});
