import { describe, expect, test } from 'vitest';

import { Refusal } from '../../src/voting/refusal';
import { items, members, readJson, weight, weightJson, written } from '../../src/voting/strict-json';

const reasonOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return 'nothing refused';
};

test.each(['{}', '[]', '""', '0', '-1', 'true', 'null', '{"b":1,"a":2}', '"\\b\\t\\n\\f\\r\\"\\\\"', '"\\u0000\\u001f\\u007f/"', '"한글 😀"', '"\\\\ud800"'])(
  'reads and writes back %s',
  (text) => {
    expect(written(readJson(text, 100))).toBe(text);
  },
);

describe('refuses every other form', () => {
  test.each([
    ['white space', ' {}'], ['white space inside', '{"a": 1}'], ['a line end', '{}\n'], ['something after', '{}x'], ['nothing', ''], ['a plus', '+1'],
    ['a leading zero', '01'], ['negative zero', '-0'], ['a fraction', '1.0'], ['an exponent', '1e2'], ['a number that loses digits', '9007199254740993'],
    ['infinity', '1e400'], ['a member twice', '{"a":1,"a":2}'], ['members named by numbers out of order', '{"2":1,"1":2}'], ['a comma at the end', '[1,]'],
    ['a slash escaped', '"\\/"'], ['a letter escaped', '"\\u0041"'], ['a capital escape', '"\\u001F"'], ['a tab by its number', '"\\u0009"'],
    ['a raw delete character', '"\u007f"'], ['half a surrogate pair', '"\\ud800"'], ['half a pair after a backslash', '"\\\\\\ud800"'], ['a byte order mark', '\ufeff{}'],
  ])('%s', (_, text) => {
    expect(reasonOf(() => readJson(text, 100))).toBe('not-canonical');
  });

  test('what is too long', () => {
    expect(reasonOf(() => readJson('"12345678"', 9))).toBe('too-long');
  });
});

test.each([
  ['{"a":1,"c":3}', 'nothing refused'],
  ['{"a":1,"b":2,"c":3}', 'nothing refused'],
  ['{"a":1}', 'wrong-shape at c'],
  ['{"c":3,"a":1}', 'wrong-shape at a'],
  ['{"a":1,"c":3,"b":2}', 'wrong-shape at b'],
  ['{"a":1,"c":3,"__proto__":2}', 'wrong-shape at __proto__'],
  ['[]', 'wrong-shape'],
  ['null', 'wrong-shape'],
  ['"a"', 'wrong-shape'],
])('of the members a, perhaps b, and c: %s', (text, expected) => {
  expect(reasonOf(() => members(readJson(text, 100), 'a,b?,c'))).toBe(expected);
});

test('names the item of a list that is refused', () => {
  expect(reasonOf(() => items([[], {}, []], 0, 3, (item) => items(item, 0, 0, () => 0)))).toBe('wrong-shape at 1');
  expect(reasonOf(() => items([1, 2], 3, 4, () => 0))).toBe('wrong-shape');
});

test.each([0n, 1n, 1_073_741_823n, 1_073_741_824n, 9_007_199_254_740_991n])('the weight %i has one form', (n) => {
  const json = weightJson(n);
  expect(typeof json).toBe(n <= 1_073_741_823n ? 'number' : 'string');
  expect(weight(json)).toBe(n);
  expect(reasonOf(() => weight(typeof json === 'number' ? String(n) : Number(n)))).toBe('not-canonical');
});

test.each([-1, 1.5, '', '-1', '01', '1e9', '9007199254740992', null, true, []])('%j is no weight', (value) => {
  expect(reasonOf(() => weight(value))).toBe('wrong-shape');
});
