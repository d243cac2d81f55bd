import { failureText } from '../api/failures';
import type { SettlementRun } from '../api/settlement';
import { named } from '../app/names';
import { dayName } from '../i18n/format';
import { desk } from './desk.svelte';
import { t } from './texts';
import type { Waiting } from './waiting';

const REFUSALS = ['nothing-to-retry', 'day-not-ended', 'no-settlement', 'no-proposal-of-another', 'application-of-your-own', 'application-is-over', 'proposal-of-your-own', 'proposal-is-over', 'day-is-over', 'correction-not-covered', 'file-not-unheard-of'] as const;

/** Why something was not done, in words. */
export function failure(error: unknown): string {
  return failureText(error, (refusal) => {
    const known = REFUSALS.find((one) => one === refusal.problem);
    return known && t(`refusal.${known}`);
  });
}

export function assetName(code: string): string {
  return named(desk.assets.get(code)) || code;
}

export function runName(run: Pick<SettlementRun, 'asset' | 'day' | 'number'>): string {
  const name = t('run.name', { day: dayName(run.day), asset: assetName(run.asset) });
  return run.number === 1 ? name : `${name} · ${t('run.again', { number: run.number })}`;
}

/** The merchant whom something concerns; the account, when nobody here knows it. */
export function merchantName(waiting: Waiting): string {
  return named(waiting.name) || waiting.account;
}

/** Whether approvers have to sign: settlements, or that payouts which came back are void. */
export function waitsForApproval(run: SettlementRun): boolean {
  return run.waitingFor?.startsWith('approvals') ?? false;
}

/** What a run waits for, when it does. */
export function waiting(run: SettlementRun): string {
  if (!run.waitingFor) return '';
  if (waitsForApproval(run)) return t('waits.approval');
  switch (run.nextAct) {
    case 'prepare-delivery':
    case 'ask-for-file':
    case 'reconcile':
      return t('waits.bank');
    default:
      return t('waits.gateway');
  }
}
