import { base64url } from './bytes';
import type { Signer } from './statement';

/**
 * A key that lives in this browser and cannot leave it: WebCrypto keeps the private half and only signs with it. Ed25519 where the
 * browser has it, P-256 elsewhere.
 */
export interface DeviceKey {
  readonly algorithm: 'EdDSA' | 'ES256';
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

export async function generateDeviceKey(subtle: SubtleCrypto = crypto.subtle): Promise<DeviceKey> {
  try {
    const pair = (await subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify'])) as CryptoKeyPair;
    const raw = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
    return { algorithm: 'EdDSA', kid: base64url(raw), privateKey: pair.privateKey };
  } catch (error) {
    if (!isMissingAlgorithm(error)) throw error;
    const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const raw = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
    return { algorithm: 'ES256', kid: base64url(compressedPoint(raw)), privateKey: pair.privateKey };
  }
}

function isMissingAlgorithm(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotSupportedError';
}

export function signerOf(key: DeviceKey, subtle: SubtleCrypto = crypto.subtle): Signer {
  const { algorithm, kid, privateKey } = key;
  return {
    algorithm,
    kid,
    async sign(message) {
      if (algorithm === 'EdDSA') return new Uint8Array(await subtle.sign({ name: 'Ed25519' }, privateKey, message));
      const signature = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, message);
      return inLowerHalf(new Uint8Array(signature));
    },
  };
}

/** SEC 1 section 2.3.3: x with one byte in front that says whether y is even (2) or odd (3). */
function compressedPoint(uncompressed: Uint8Array): Uint8Array {
  const compressed = uncompressed.slice(0, 33);
  compressed[0] = 2 + (uncompressed[64]! & 1);
  return compressed;
}

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** With s, n - s is valid as well; a statement may have only one signature form, so the smaller is taken. */
export function inLowerHalf(signature: Uint8Array): Uint8Array {
  const s = signature.slice(32).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  if (s <= P256_ORDER / 2n) return signature;
  const lower = (P256_ORDER - s).toString(16).padStart(64, '0');
  const normalised = signature.slice();
  for (let i = 0; i < 32; i++) normalised[32 + i] = parseInt(lower.slice(2 * i, 2 * i + 2), 16);
  return normalised;
}
