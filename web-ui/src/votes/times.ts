import type { Election } from '../api/elections';
import { clockTime } from '../i18n/format';
import { t } from './texts';

/** When the voting ends or has ended. Undefined when it ended early and nobody says when. */
export function endOf({ stage, closesAt, closedAt }: Times, now = Date.now()): string | undefined {
  if (closedAt) return closedAt;
  const over = stage !== 'announced' && stage !== 'open';
  return over && Date.parse(closesAt) > now ? undefined : closesAt;
}

type Times = Pick<Election, 'stage' | 'opensAt' | 'closesAt' | 'closedAt'>;

/** When an election opens, closes or has closed. */
export function whenText(election: Times): string {
  const { stage, opensAt, closesAt } = election;
  if (stage === 'announced') return t('when.announced', { time: clockTime(opensAt) });
  if (stage === 'open') return t('when.open', { time: clockTime(closesAt) });
  if (stage === 'withdrawn') return t('when.withdrawn');
  const end = endOf(election);
  return end ? t('when.ended', { time: clockTime(end) }) : t('when.ended.early');
}
