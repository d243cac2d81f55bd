// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';

import { endOf } from '../../src/votes/times';

const NOW = Date.parse('2026-11-22T05:00:00.000Z');
const [earlier, later] = ['2026-11-22T04:00:00.000Z', '2026-11-27T04:00:00.000Z'];

describe('the end of an election', () => {
  test('is what was planned, until it is over', () => {
    expect(endOf({ stage: 'open', opensAt: earlier, closesAt: later }, NOW)).toBe(later);
    expect(endOf({ stage: 'closed', opensAt: earlier, closesAt: earlier }, NOW)).toBe(earlier);
  });

  test('is when it was closed early, and never a time to come', () => {
    expect(endOf({ stage: 'finished', opensAt: earlier, closesAt: later, closedAt: earlier }, NOW)).toBe(earlier);
    expect(endOf({ stage: 'finished', opensAt: earlier, closesAt: later }, NOW)).toBeUndefined();
  });
});
