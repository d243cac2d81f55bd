import { fromBase64url } from '../chain/bytes';
import { keyOfSeed, kidOfSeed } from '../chain/seed-key';
import type { Signer } from '../chain/statement';

/**
 * The administrator's key file: `{"kind":"madang-administrator-key","key":"<public key>","seed":"<32 bytes, base64url>"}`. From it comes a
 * key that the browser can use and nobody can read out.
 */
export interface AdministratorKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

export type KeyReading = { readonly valid: true; readonly key: AdministratorKey } | { readonly valid: false; readonly problem: 'form' | 'mismatch' | 'browser' };

export async function readKeyFile(text: string): Promise<KeyReading> {
  let kid: string;
  let seed: Uint8Array<ArrayBuffer>;
  try {
    const file = JSON.parse(text) as Record<string, unknown>;
    if (file.kind !== 'madang-administrator-key' || typeof file.key !== 'string' || typeof file.seed !== 'string') return { valid: false, problem: 'form' };
    kid = file.key;
    seed = fromBase64url(file.seed);
  } catch {
    return { valid: false, problem: 'form' };
  }
  if (seed.length !== 32) return { valid: false, problem: 'form' };
  if (kidOfSeed(seed) !== kid) return { valid: false, problem: 'mismatch' };
  try {
    const { privateKey } = await keyOfSeed(seed);
    return { valid: true, key: { kid, privateKey } };
  } catch {
    return { valid: false, problem: 'browser' };
  }
}

export function administratorSigner({ kid, privateKey }: AdministratorKey): Signer {
  return {
    algorithm: 'EdDSA',
    kid,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, privateKey, message)),
  };
}

const NAME = 'madang-administrator';
const STORE = 'key';

function within<Value>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    };
  });
}

/** The key that this browser was asked to keep. */
export function keptKey(): Promise<AdministratorKey | undefined> {
  return within('readonly', (store) => store.get('own') as IDBRequest<AdministratorKey | undefined>);
}

export async function keepKey(key: AdministratorKey): Promise<void> {
  await within('readwrite', (store) => store.put(key, 'own'));
}

export async function forgetKey(): Promise<void> {
  await within('readwrite', (store) => store.delete('own'));
}
