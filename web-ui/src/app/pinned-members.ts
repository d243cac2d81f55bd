import { download } from '../api/client';
import { base64url, fromBase64url } from '../chain/bytes';
import { type Members, readMembers } from '../chain/members';

/**
 * Whom this browser trusts, for each chain. The members are taken from the gateway the first time, and kept: a gateway that later shows
 * others cannot make a receipt pass.
 */
export type Channel = 'payments' | 'votes';

const STORED: Record<Channel, string> = { payments: 'madang.members', votes: 'madang.votes-members' };
const FILES: Record<Channel, string> = { payments: '/v1/members', votes: '/v1/votes/members' };

export function pinnedMembers(channel: Channel = 'payments'): Members | undefined {
  const stored = localStorage.getItem(STORED[channel]);
  if (!stored) return undefined;
  try {
    return readMembers(fromBase64url(stored));
  } catch {
    return undefined;
  }
}

/** Trusts these members from now on. @throws MalformedMembers */
export function pinMembers(bytes: Uint8Array, channel: Channel = 'payments'): Members {
  const members = readMembers(bytes);
  localStorage.setItem(STORED[channel], base64url(bytes));
  return members;
}

/** Those that are pinned, or else the gateway's, which are pinned then. @throws Refusal or Unreachable */
export async function membersToTrust(channel: Channel = 'payments'): Promise<Members> {
  return pinnedMembers(channel) ?? pinMembers(await download(FILES[channel]), channel);
}
