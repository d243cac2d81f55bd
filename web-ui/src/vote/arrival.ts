import { router } from '../app/router.svelte';

/**
 * How a voter comes from a letter: its QR leads to `/vote#<election>.<credential>`. The credential is taken out of the address at once, so
 * that neither the history nor a bookmark nor a screen that is shared keeps it.
 */
export interface Arrival {
  readonly election: string;
  /** As it stood in the letter, not checked. */
  readonly credential: string;
}

const LETTER = /#?\/?([1-9A-HJ-NP-Za-km-z]{14,64})\.([^/?#]{1,200})$/;

/** What a letter's QR, or its address, says; undefined for anything else. */
export function arrivalIn(text: string): Arrival | undefined {
  const match = LETTER.exec(text.trim());
  if (!match) return undefined;
  try {
    return { election: match[1]!, credential: decodeURIComponent(match[2]!) };
  } catch {
    return undefined;
  }
}

let arrived: Arrival | undefined;

/** Whether a credential came with the address for an election. */
export function hasArrived(election: string): boolean {
  return arrived?.election === election;
}

/** It, given once. */
export function takeArrival(election: string): string | undefined {
  const credential = arrived?.election === election ? arrived.credential : undefined;
  arrived = undefined;
  return credential;
}

function receive(): void {
  const found = arrivalIn(location.hash);
  if (!found) return;
  arrived = found;
  router.replace(found.election);
}

receive();
addEventListener('hashchange', receive);
addEventListener('pagehide', () => (arrived = undefined));
