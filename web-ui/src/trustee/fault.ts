import { refusalText } from '../elections/sentences';
import type { Refused } from '../voting/refusal';
import { t } from './texts';

/** What is wrong with a ceremony, and with whose message: places count from 0, people from 1. */
export function placeOfTrustee({ reason, place }: Refused): string {
  const [, index] = /^(?:certs|secrets|coefexps|signatures|polynomials)\/(\d+)/.exec(place) ?? [];
  const text = refusalText(reason);
  return index === undefined ? text : `${text} ${t('ceremony.by', { index: Number(index) + 1 })}`;
}
