import type { ReserveDay } from '../api/settlement';
import { money } from '../i18n/format';
import { reserves } from './texts';

export interface Comparison {
  readonly state: 'even' | 'more' | 'less' | 'no-statement';
  readonly tone: 'good' | 'neutral' | 'refused' | 'ended';
  readonly text: string;
}

/** How the bank's money compares with the coins; less than the coins is the one thing that must never be. */
export function comparison(day: ReserveDay): Comparison {
  const asset = day.coins[0]?.asset ?? '';
  if (day.difference === undefined) return { state: 'no-statement', tone: 'ended', text: reserves('no-statement') };
  if (day.difference === 0) return { state: 'even', tone: 'good', text: reserves('even') };
  const amount = money(Math.abs(day.difference), asset);
  return day.difference > 0
    ? { state: 'more', tone: 'good', text: reserves('more', { amount }) }
    : { state: 'less', tone: 'refused', text: reserves('less', { amount }) };
}
