import { ed25519 } from '@noble/curves/ed25519.js';

import { base64url, concat, fromHex } from './bytes';
import type { DeviceKey } from './device-key';

/** What an Ed25519 seed needs in front to be a PKCS #8 private key (RFC 8410, section 7). */
const PKCS8_PREFIX = fromHex('302e020100300506032b657004220420');

/** The public key of a seed, in its text form. */
export function kidOfSeed(seed: Uint8Array): string {
  return base64url(ed25519.getPublicKey(seed));
}

/** A key that the browser can use and nobody can read out, from 32 bytes. Rejects where the browser has no Ed25519. */
export async function keyOfSeed(seed: Uint8Array<ArrayBuffer>): Promise<DeviceKey> {
  const privateKey = await crypto.subtle.importKey('pkcs8', concat(PKCS8_PREFIX, seed), { name: 'Ed25519' }, false, ['sign']);
  return { algorithm: 'EdDSA', kid: kidOfSeed(seed), privateKey };
}
