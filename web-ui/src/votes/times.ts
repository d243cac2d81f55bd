import type { Election } from '../api/elections';
import { clockTime } from '../i18n/format';
import { t } from './texts';

/** When an election opens, closes or has closed. */
export function whenText({ stage, opensAt, closesAt }: Pick<Election, 'stage' | 'opensAt' | 'closesAt'>): string {
  if (stage === 'announced') return t('when.announced', { time: clockTime(opensAt) });
  if (stage === 'open') return t('when.open', { time: clockTime(closesAt) });
  if (stage === 'withdrawn') return t('when.withdrawn');
  return t('when.ended', { time: clockTime(closesAt) });
}
