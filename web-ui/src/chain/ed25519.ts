import { ed25519 } from '@noble/curves/ed25519.js';

/**
 * The one rule by which an Ed25519 signature counts (RFC 8032, cofactored equation), the same as in every member: S below the group
 * order, one encoding of the key and of R, no key of small order. Our own checks of the encodings come first, so the rule
 * does not shift when the library does.
 */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64 || !isAcceptableKey(publicKey)) return false;
  if (!isCanonicalPoint(signature.subarray(0, 32)) || littleEndian(signature.subarray(32)) >= GROUP_ORDER) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // bytes that are no point of the curve
  }
}

/** Whether a key may be registered at all: 32 bytes, in its one encoding, not of small order. */
export function isAcceptableKey(publicKey: Uint8Array): boolean {
  return publicKey.length === 32 && isCanonicalPoint(publicKey) && !SMALL_ORDER_Y.has(yOf(publicKey));
}

const FIELD = 2n ** 255n - 19n;
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** y of the eight points whose order divides the cofactor; a point and its negative share y. */
const ORDER_EIGHT_Y = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
const SMALL_ORDER_Y = new Set([0n, 1n, FIELD - 1n, ORDER_EIGHT_Y, FIELD - ORDER_EIGHT_Y]);

function isCanonicalPoint(bytes: Uint8Array): boolean {
  const y = yOf(bytes);
  const negativeX = (bytes[31]! & 0x80) !== 0;
  // x is zero for y = 1 and y = -1, and zero has no negative.
  return y < FIELD && !(negativeX && (y === 1n || y === FIELD - 1n));
}

function yOf(bytes: Uint8Array): bigint {
  return littleEndian(bytes) & (2n ** 255n - 1n);
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
