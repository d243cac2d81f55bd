import { describe, expect, test } from 'vitest';

import { fromBase64url, base64url, textOf, utf8 } from '../../src/chain/bytes';
import { type Json, MAX_DEPTH, NotCanonical, read, write, writeText } from '../../src/chain/canonical-json';
import { Random, seeds } from '../seeds';

test.each([
  '{}', '[]', '""', '0', '-1', 'true', 'false', '9007199254740991', '-9007199254740991',
  '{"a":1,"b":[true,false,"x"]}', '"\\b\\t\\n\\f\\r\\"\\\\"', '"\\u0000\\u001f\u007f/"', '{"__proto__":1,"a":2}',
  '"한글 😀"', '{"€":1,"😀":2,"\ufb33":3}', '[[[[[[[[]]]]]]]]',
])('reads and writes back %s', (text) => {
  expect(writeText(read(utf8(text)))).toBe(text);
});

describe('refuses every other form', () => {
  test.each([
    ['white space', ' {}'], ['white space inside', '{"a": 1}'], ['something after', '{}x'], ['nothing', ''],
    ['null', 'null'], ['a plus', '+1'], ['a leading zero', '01'], ['negative zero', '-0'], ['a fraction', '1.0'],
    ['an exponent', '1e2'], ['a number too large', '9007199254740992'], ['a much larger one', '90071992547409910'],
    ['members out of order', '{"b":1,"a":2}'], ['a member twice', '{"a":1,"a":2}'], ['a comma at the end', '[1,]'],
    ['no comma', '[1 2]'], ['a slash escaped', '"\\/"'], ['a letter escaped', '"\\u0041"'], ['a capital escape', '"\\u001F"'],
    ['a tab by its number', '"\\u0009"'], ['a raw control character', '"\n"'], ['an open string', '"a'],
    ['an open object', '{"a":1'], ['single quotes', "'a'"], ['a name without quotes', '{a:1}'],
    ['nine levels', '[[[[[[[[[]]]]]]]]]'], ['a byte order mark', '\ufeff{}'],
  ])('%s', (_, text) => {
    expect(() => read(utf8(text))).toThrow(NotCanonical);
  });

  test('bytes that are not UTF-8', () => {
    expect(() => read(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22))).toThrow(NotCanonical);
    expect(() => read(Uint8Array.of(0x22, 0xc0, 0xaf, 0x22))).toThrow(NotCanonical);
  });

  test('more than 64 KiB', () => {
    expect(() => read(utf8(`"${'x'.repeat(65_535)}"`))).toThrow(NotCanonical);
    expect(read(utf8(`"${'x'.repeat(65_534)}"`))).toHaveLength(65_534);
  });
});

test('names the place by byte and path', () => {
  try {
    read(utf8('{"가":[1,{"b":null}]}'));
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ byteOffset: 15, path: '/가/1/b' });
  }
});

test.each([[1.5], [-0], [2 ** 53], ['\ud800'], [NaN]])('writes no value without a form: %s', (value) => {
  expect(() => write(value as Json)).toThrow(RangeError);
});

function anyValue(random: Random, depth: number): Json {
  const text = () => Array.from({ length: random.below(6) }, () => random.one([...'aZ"\\\n\u0001é한😀€'])).join('');
  switch (random.below(depth >= MAX_DEPTH ? 3 : 5)) {
    case 0:
      return text();
    case 1:
      return random.below(2) === 0 ? random.below(1e9) - 5e8 : Number.MAX_SAFE_INTEGER - random.below(3);
    case 2:
      return random.below(2) === 0;
    case 3:
      return Array.from({ length: random.below(4) }, () => anyValue(random, depth + 1));
    default:
      return Object.fromEntries(Array.from({ length: random.below(4) }, () => [text(), anyValue(random, depth + 1)]));
  }
}

test.each(seeds(200))('has one form for each value, seed %i', (seed) => {
  const random = new Random(seed);
  const bytes = write(anyValue(random, 0));
  expect(write(read(bytes))).toEqual(bytes);
  // The text means the same to JSON.parse: our reader is stricter, never different.
  expect(JSON.parse(textOf(bytes))).toEqual(JSON.parse(JSON.stringify(read(bytes))));

  const damaged = bytes.slice();
  damaged[random.below(damaged.length)] = random.below(256);
  let value: Json | undefined;
  try {
    value = read(damaged);
  } catch (error) {
    expect(error).toBeInstanceOf(NotCanonical);
  }
  if (value !== undefined) expect(write(value)).toEqual(damaged);
});

test.each(seeds(50))('base64url has one text for each value, seed %i', (seed) => {
  const random = new Random(seed);
  const bytes = random.bytes(random.below(40));
  expect(fromBase64url(base64url(bytes))).toEqual(bytes);
  expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
});

test.each(['A', 'AA=', 'AB', 'A+', 'AAB', 'A A'])('refuses %s as base64url', (text) => {
  expect(() => fromBase64url(text)).toThrow(SyntaxError);
});
