import { Refusal } from '../refusal';
import { belenios2048 } from './belenios-2048';
import { ed25519Group } from './ed25519';
import type { Group } from './group';

/** The groups on offer. RFC-3526-2048 is known to the protocol and eight times slower; nobody needs it here. */
export const GROUPS: readonly Group[] = [belenios2048, ed25519Group];

/** @throws Refusal for any other name */
export function groupNamed(name: string): Group {
  const group = GROUPS.find((one) => one.name === name);
  if (!group) throw new Refusal('unknown-group');
  return group;
}
