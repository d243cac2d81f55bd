/**
 * Secrets come from the system's generator only. A number below a bound is drawn again until it is below, so that no number is more
 * likely than another.
 */
export function randomBelow(bound: bigint): bigint {
  const bits = (bound - 1n).toString(2).length;
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  const surplus = bytes.length * 8 - bits;
  for (;;) {
    crypto.getRandomValues(bytes);
    bytes[0]! &= 0xff >> surplus;
    const number = numberOf(bytes);
    if (number < bound) return number;
  }
}

/** The whole number of bytes, the first byte counting most. */
export function numberOf(bytes: Uint8Array): bigint {
  let digits = '0x0';
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0');
  return BigInt(digits);
}

export const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export function randomBase58(characters: number): string {
  return Array.from({ length: characters }, () => BASE58[Number(randomBelow(58n))]!).join('');
}
