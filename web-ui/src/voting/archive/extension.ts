import { ByteSource, type Chunks } from './byte-source';

const PORTION_BYTES = 1 << 16;

/**
 * Whether the newer archive begins with all of the older one. A copy that somebody kept shows so that no ballot has vanished since: an
 * archive can only grow.
 *
 * @returns undefined if it does; else the number of the first byte that differs or is missing
 */
export async function firstDifference(older: Chunks, newer: Chunks): Promise<number | undefined> {
  const sources = [new ByteSource(older), new ByteSource(newer)] as const;
  try {
    for (;;) {
      const start = sources[0].taken;
      const kept = await sources[0].take(PORTION_BYTES);
      if (kept.length === 0) return undefined;
      const now = await sources[1].take(kept.length);
      const differs = kept.findIndex((byte, index) => byte !== now[index]);
      if (differs >= 0) return start + differs;
    }
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
}
