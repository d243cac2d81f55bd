import { download } from '../api/client';
import { base64url, fromBase64url } from '../chain/bytes';
import { type Members, readMembers } from '../chain/members';

/**
 * Whom this browser trusts. The members are taken from the gateway the first time, and kept: a gateway that later shows others cannot make
 * a receipt pass.
 */
const STORED = 'madang.members';

export function pinnedMembers(): Members | undefined {
  const stored = localStorage.getItem(STORED);
  if (!stored) return undefined;
  try {
    return readMembers(fromBase64url(stored));
  } catch {
    return undefined;
  }
}

/** Trusts these members from now on. @throws MalformedMembers */
export function pinMembers(bytes: Uint8Array): Members {
  const members = readMembers(bytes);
  localStorage.setItem(STORED, base64url(bytes));
  return members;
}

/** Those that are pinned, or else the gateway's, which are pinned then. @throws Refusal or Unreachable */
export async function membersToTrust(): Promise<Members> {
  return pinnedMembers() ?? pinMembers(await download('/v1/members'));
}
