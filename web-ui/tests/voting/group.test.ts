import { describe, expect, test } from 'vitest';

import { DiscreteLogarithm } from '../../src/voting/discrete-logarithm';
import { FixedBase, generatorOf } from '../../src/voting/group/fixed-base';
import { type Group, textOfElement } from '../../src/voting/group/group';
import { GROUPS } from '../../src/voting/group/groups';
import { admit, elementOf, power, powers } from '../../src/voting/group/powers';
import { randomBelow } from '../../src/voting/randomness';
import { Random, seeds } from '../seeds';

/** The slow way that nobody can get wrong. */
function squareAndMultiply(group: Group, base: Parameters<Group['texts']>[0][0], exponent: bigint) {
  let result = group.neutral;
  for (const bit of exponent.toString(2)) {
    result = group.squared(result);
    if (bit === '1') result = group.times(result, base!);
  }
  return result;
}

describe.each(GROUPS)('$name', (group) => {
  const g = group.generator;

  function anyExponent(random: Random): bigint {
    const bytes = BigInt(`0x${Buffer.from(random.bytes(40)).toString('hex')}`) % group.order;
    return random.one([0n, 1n, 15n, 16n, group.order - 1n, BigInt(random.below(1 << 30)), bytes, bytes, bytes]);
  }

  test.each(seeds(12))('every way to a power leads to the same, seed %i', (seed) => {
    const random = new Random(seed);
    const base = power(group, g, anyExponent(random));
    const exponents = [anyExponent(random), anyExponent(random), anyExponent(random)];
    const expected = group.texts(exponents.map((exponent) => squareAndMultiply(group, base, exponent)));
    const table = new FixedBase(group, base);
    expect(group.texts(powers(group, base, exponents))).toEqual(expected);
    expect(group.texts(exponents.map((exponent) => table.power(exponent)))).toEqual(expected);
    expect(group.texts(exponents.map((exponent) => table.secretPower(exponent)))).toEqual(expected);
    expect(group.texts(exponents.map((exponent) => table.power(exponent - group.order)))).toEqual(expected);
    expect(group.texts(admit(group, base, exponents)!.powers)).toEqual(expected);
  });

  test.each(seeds(10))('exponents add up, and inverses cancel, seed %i', (seed) => {
    const random = new Random(seed);
    const [a, b] = [anyExponent(random), anyExponent(random)];
    const [x, y, both] = powers(group, g, [a, b, (a + b) % group.order]) as [typeof g, typeof g, typeof g];
    expect(group.same(group.times(x, y), both)).toBe(true);
    expect(group.same(group.times(both, group.inverse(y)), x)).toBe(true);
    expect(group.same(group.squared(x), group.times(x, x))).toBe(true);
    expect(group.same(group.times(x, group.neutral), x)).toBe(true);
  });

  test('has the order that it says', () => {
    expect(group.same(squareAndMultiply(group, g, group.order), group.neutral)).toBe(true);
    expect(group.same(g, group.neutral)).toBe(false);
  });

  test.each(seeds(10))('texts are read back, and only in their one form, seed %i', (seed) => {
    const random = new Random(seed);
    const element = power(group, g, anyExponent(random));
    const text = textOfElement(group, element);
    expect(group.same(elementOf(group, text)!, element)).toBe(true);
    for (const other of [`${text} `, ` ${text}`, `0${text}`, `+${text}`, text.toUpperCase() === text ? `${text}A` : text.toUpperCase(), '', '-1', '１']) {
      expect(elementOf(group, other)).toBeUndefined();
    }
  });

  test('the texts of many are the texts of each', () => {
    const elements = powers(group, g, [0n, 1n, 2n, 77n, group.order - 1n]);
    expect(group.texts(elements)).toEqual(elements.map((element) => textOfElement(group, element)));
    expect(group.texts([])).toEqual([]);
  });

  test('small logarithms are found, and no others', () => {
    for (const most of [0n, 1n, 2n, 10n, 99n, 100n, 12_345n]) {
      const logarithm = new DiscreteLogarithm(group, most);
      for (const n of [0n, 1n, most / 2n, most]) {
        if (n <= most) expect(logarithm.of(generatorOf(group).power(n))).toBe(n);
      }
      expect(logarithm.of(generatorOf(group).power(most + 1n))).toBeUndefined();
      expect(logarithm.of(generatorOf(group).power(-1n))).toBeUndefined();
    }
  });

  test('a negative exponent is a mistake', () => {
    expect(() => powers(group, g, [-1n])).toThrow(RangeError);
  });
});

test.each([1n, 2n, 3n, 58n, 255n, 256n, 257n])('random numbers below %i stay below it, and reach all', (bound) => {
  const seen = new Set<bigint>();
  for (let i = 0; i < 6_000; i++) {
    const number = randomBelow(bound);
    expect(number >= 0n && number < bound).toBe(true);
    seen.add(number);
  }
  expect(BigInt(seen.size)).toBe(bound);
});
