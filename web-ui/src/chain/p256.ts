import { p256 } from '@noble/curves/nist.js';

/** ES256 over a compressed point: the signature is r and s, 32 bytes each, and s must be in the lower half. */
export function verifyP256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 33) return false;
  try {
    return p256.verify(signature, message, publicKey, { lowS: true, format: 'compact', prehash: true });
  } catch {
    return false; // bytes that are no point of the curve, or numbers out of range
  }
}
