import { textOf } from '../chain/bytes';
import { Refusal, at, refuseUnless } from './refusal';

/**
 * The JSON of election records: compact, the members in the order that the protocol gives, optional members absent. It differs from the
 * canonical JSON of the chain only in that order. One value has one text: a value is written again and must give what was read.
 */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

/** @throws Refusal for bytes above the limit, and for bytes that are not UTF-8 */
export function textOfRecord(bytes: Uint8Array, maxBytes: number): string {
  refuseUnless(bytes.length <= maxBytes, 'too-long');
  try {
    return textOf(bytes);
  } catch {
    throw new Refusal('not-utf8');
  }
}

/** The escape of half a surrogate pair, which {@link written} makes of strings that are no text. */
const HALF_SURROGATE = /(^|[^\\])(\\\\)*\\ud/;

/** @throws Refusal unless the text is what {@link written} writes for some value */
export function readJson(text: string, maxCharacters: number): Json {
  refuseUnless(text.length <= maxCharacters, 'too-long');
  let value: Json;
  let again: string;
  try {
    value = JSON.parse(text) as Json;
    again = written(value);
  } catch {
    throw new Refusal('not-canonical'); // no JSON at all, or nested deeper than the stack
  }
  // White space, repeated or numbered members, other escapes, 1.0, 1e3 and numbers that lose digits all come out different.
  refuseUnless(again === text && !HALF_SURROGATE.test(text), 'not-canonical');
  return value;
}

/** The one text of a value. The reference implementation escapes the delete character as well. */
export function written(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}

/** An object with exactly these members, in this order; a name with `?` at its end may be absent. */
export function members(value: Json | undefined, names: string): JsonObject {
  refuseUnless(typeof value === 'object' && value !== null && !Array.isArray(value), 'wrong-shape');
  const present = Object.keys(value);
  let next = 0;
  for (const name of names.split(',')) {
    const optional = name.endsWith('?');
    if (present[next] === (optional ? name.slice(0, -1) : name)) next++;
    else refuseUnless(optional, 'wrong-shape', name);
  }
  refuseUnless(next === present.length, 'wrong-shape', present[next]);
  return value;
}

/** The items of an array with so many items at least and at most, read one by one. */
export function items<T>(value: Json | undefined, least: number, most: number, read: (item: Json, index: number) => T): T[] {
  refuseUnless(Array.isArray(value) && value.length >= least && value.length <= most, 'wrong-shape');
  return value.map((item, index) => at(index, () => read(item, index)));
}

export function string(value: Json | undefined, maxCharacters = 20_000): string {
  refuseUnless(typeof value === 'string' && value.length <= maxCharacters, 'wrong-shape');
  return value;
}

/** A whole number from 0 to the bound. */
export function count(value: Json | undefined, most: number): number {
  refuseUnless(typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most, 'wrong-shape');
  return value;
}

const MAX_JSON_NUMBER = 1_073_741_823n; // 2^30 - 1: what fits the small integers of the reference implementation everywhere
const MAX_WEIGHT = BigInt(Number.MAX_SAFE_INTEGER);

/** A weight or a sum of weights: a number, or decimal digits in a string when it is large. */
export function weight(value: Json | undefined): bigint {
  const digits = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  refuseUnless(/^(0|[1-9][0-9]{0,15})$/.test(digits) && BigInt(digits) <= MAX_WEIGHT, 'wrong-shape');
  refuseUnless(weightJson(BigInt(digits)) === value, 'not-canonical');
  return BigInt(digits);
}

/** How a weight or a sum of weights is written. */
export function weightJson(value: bigint): number | string {
  return value <= MAX_JSON_NUMBER ? Number(value) : value.toString();
}
