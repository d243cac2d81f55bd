import { describe, expect, test } from 'vitest';

import { basisPointsOf, percentOf } from '../../src/settlements/rate';

describe('a fee’s rate', () => {
  test('is read as people type it, exactly', () => {
    for (const [text, basisPoints] of [['0', 0], ['0.5', 50], ['0.55', 55], [' 1.2 ', 120], ['100', 10_000], ['29.29', 2929]] as const) {
      expect(basisPointsOf(text), text).toBe(basisPoints);
    }
  });

  test('is none with a sign, three decimals, more than the whole, or other writing', () => {
    for (const text of ['', '-1', '+1', '0.555', '100.01', '1000', '1e2', '.5', '1.', '1,5', '１', '=1+1']) expect(basisPointsOf(text), text).toBeUndefined();
  });

  test('comes out as it went in', () => {
    for (let basisPoints = 0; basisPoints <= 10_000; basisPoints++) expect(basisPointsOf(percentOf(basisPoints).replace('%', ''))).toBe(basisPoints);
  });
});
