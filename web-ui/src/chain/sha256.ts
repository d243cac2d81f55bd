import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

import { concat } from './bytes';

/** SHA-256 (FIPS 180-4) of the parts, one after the other. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(nobleSha256(parts.length === 1 ? parts[0]! : concat(...parts)));
}
