import { type Group, reduced } from './group/group';

/** The weight of each index when a polynomial's value at 0 is put together from its values there: product of k / (k - j). */
export function lagrangeCoefficients(group: Group, indexes: readonly number[]): bigint[] {
  return indexes.map((j) =>
    indexes.reduce((all, k) => (k === j ? all : reduced(group, all * BigInt(k) * inverted(group, BigInt(k - j)))), 1n),
  );
}

/** 1/n modulo the prime q, for public n: n^(q-2). */
function inverted({ order }: Group, n: bigint): bigint {
  let base = ((n % order) + order) % order;
  let result = 1n;
  for (let exponent = order - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % order;
    base = (base * base) % order;
  }
  return result;
}
