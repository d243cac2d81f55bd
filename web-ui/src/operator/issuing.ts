import type { Issue } from '../api/issuance';
import type { Signable } from '../api/settlement';

/** An issue that waits for signatures. */
export type Issuing = Issue & { readonly words: Signable };

/** The sums of what is to be signed, by asset. */
export function issueSums(all: readonly Issue[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const one of all) found.set(one.asset, (found.get(one.asset) ?? 0) + one.amount);
  return found;
}
