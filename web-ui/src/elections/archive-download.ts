import { Refusal, Unreachable } from '../api/client';

export interface Downloaded {
  readonly bytes: number;
  /** Undefined when the gateway does not say. */
  readonly total: number | undefined;
}

/**
 * Fetches an archive, and tells how far it is. The file that is checked is the file that can be kept.
 *
 * @throws Refusal or Unreachable; the signal's reason when it was stopped; RangeError when it is longer than the page takes
 */
export async function downloadArchive(
  election: string,
  mostBytes: number,
  signal: AbortSignal,
  onProgress: (now: Downloaded) => void,
): Promise<File> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    const response = await fetch(`/v1/elections/${election}/archive`, { signal, cache: 'no-store' });
    if (!response.ok || !response.body) {
      if (response.status < 500) throw new Refusal(String(response.status), response.status, {});
      throw new Unreachable('server');
    }
    const length = Number(response.headers.get('content-length'));
    const total = length > 0 ? length : undefined;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      bytes += value.length;
      if (bytes > mostBytes) throw new RangeError('too long');
      onProgress({ bytes, total });
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof TypeError ? new Unreachable('network') : error;
  }
  return new File(parts, `${election}.bel`, { type: 'application/octet-stream' });
}
