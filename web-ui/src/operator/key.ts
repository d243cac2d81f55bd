import { fromBase64url } from '../chain/bytes';
import type { DeviceKey } from '../chain/device-key';
import { keyOfSeed } from '../chain/seed-key';

export type KeyReading = { readonly valid: true; readonly key: DeviceKey } | { readonly valid: false; readonly problem: 'form' | 'browser' };

/** An approver's key file, such as `keys/approver-1.key`: one line of base64url, 32 bytes. */
export async function readApproverKey(text: string): Promise<KeyReading> {
  let seed: Uint8Array<ArrayBuffer>;
  try {
    seed = fromBase64url(text.trim());
  } catch {
    return { valid: false, problem: 'form' };
  }
  if (seed.length !== 32) return { valid: false, problem: 'form' };
  try {
    return { valid: true, key: await keyOfSeed(seed) };
  } catch {
    return { valid: false, problem: 'browser' };
  } finally {
    seed.fill(0);
  }
}
