import type { Draft } from '../api/drafts';
import type { Stage } from '../api/elections';
import { t } from './texts';

export type Tone = 'good' | 'waiting' | 'refused' | 'neutral';

export function stageTone(stage: Stage): Tone {
  if (stage === 'open' || stage === 'finished') return 'good';
  if (stage === 'withdrawn') return 'neutral';
  return 'waiting';
}

/** A zone as people name it, with its distance from UTC: local times mean nothing without. */
export function zoneText(at: Date = new Date()): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const minutes = -at.getTimezoneOffset();
  const two = (n: number): string => String(n).padStart(2, '0');
  const distance = `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return t('zone', { zone: timeZone, distance });
}

export type Ready = 'roll' | 'trustees' | 'credentials';

/** What a draft still waits for before it can be announced. */
export function readiness(draft: Draft): Record<Ready, boolean> {
  const { roll, trusteesDone, credentials } = draft;
  return {
    roll: roll !== undefined && roll.voters > 0,
    trustees: trusteesDone !== undefined && trusteesDone.length === draft.trustees.count && trusteesDone.every(({ step }) => step === 'done'),
    credentials: credentials !== undefined && credentials.count === roll?.voters,
  };
}
