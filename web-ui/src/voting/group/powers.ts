import type { Candidate, Element, Group } from './group';

const DIGIT_BITS = 4;

/**
 * One base to several exponents (from 0), for public data. All exponents share the squarings (Yao 1976): base^(16^i) is multiplied
 * into the bucket of each exponent's i-th digit, and the buckets are put together at the end.
 */
export function powers<T extends Candidate>(group: Group, base: T, exponents: readonly bigint[]): T[] {
  const digits = exponents.map(digitsOf);
  const length = Math.max(0, ...digits.map((one) => one.length));
  const buckets = exponents.map((): (T | undefined)[] => []);
  let power = base;
  for (let position = 0; position < length; position++) {
    if (position > 0) for (let bit = 0; bit < DIGIT_BITS; bit++) power = group.squared(power);
    for (let which = 0; which < digits.length; which++) {
      const digit = digits[which]![position];
      if (!digit) continue;
      const held = buckets[which]![digit];
      buckets[which]![digit] = held === undefined ? power : group.times(held, power);
    }
  }
  return buckets.map((bucket) => collected(group, bucket));
}

/** The exponent's digits to the base 16, the lowest first. */
function digitsOf(exponent: bigint): number[] {
  if (exponent < 0n) throw new RangeError('a negative exponent');
  return exponent === 0n ? [] : Array.from(exponent.toString(16), (digit) => parseInt(digit, 16)).reverse();
}

/** The product of bucket[d]^d: from the highest digit down, what was collected so far is multiplied in once more for each step. */
function collected<T extends Candidate>(group: Group, bucket: readonly (T | undefined)[]): T {
  let all = group.neutral as Candidate as T;
  let fromAbove: T | undefined;
  for (let digit = bucket.length - 1; digit > 0; digit--) {
    const held = bucket[digit];
    if (held !== undefined) fromAbove = fromAbove === undefined ? held : group.times(fromAbove, held);
    if (fromAbove !== undefined) all = group.times(all, fromAbove);
  }
  return all;
}

export function power<T extends Candidate>(group: Group, base: T, exponent: bigint): T {
  return powers(group, base, [exponent])[0]!;
}

export interface Admitted {
  readonly element: Element;
  /** The element to each of the exponents that were asked for. */
  readonly powers: readonly Element[];
}

/**
 * Shows that a candidate is in the group (its q-th power is neutral) and raises it to public exponents on the way, sharing the work.
 * Undefined when it is outside.
 */
export function admit(group: Group, candidate: Candidate, exponents: readonly bigint[] = []): Admitted | undefined {
  const [toTheOrder, ...others] = powers(group, candidate, [group.order, ...exponents]);
  return group.same(toTheOrder!, group.neutral) ? { element: candidate as Element, powers: others as Element[] } : undefined;
}

/** The element that a text stands for, if it is the one text of a member of the group. */
export function elementOf(group: Group, text: string): Element | undefined {
  const candidate = group.decode(text);
  return candidate && admit(group, candidate)?.element;
}
