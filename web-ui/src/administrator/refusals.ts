import type { Refusal } from '../api/client';
import { t } from './texts';

const KNOWN = [
  'not-administrator', 'times-out-of-range', 'wrong-record', 'already-announced', 'already-open', 'withdrawn', 'not-closed', 'not-open-yet',
  'voting-ended', 'tally-published', 'not-decrypting', 'finished', 'too-few-ballots', 'not-enough-trustees', 'not-assembled', 'draft-in-use', 'election-signed', 'ballots-too-long',
] as const;

/** What the voting channel's refusals mean for an administrator. */
export function refusalWords({ problem }: Refusal): string | undefined {
  const known = KNOWN.find((one) => one === problem);
  return known && t(`refusal.${known}`);
}
