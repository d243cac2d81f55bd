import { Refusal } from '../../api/client';
import { failureText } from '../../api/failures';
import { t } from './texts';

const REFUSALS = ['rules-not-ahead', 'expiry-earlier', 'not-collected-yet', 'nothing-to-collect', 'programme-mismatch', 'proposal-is-over'] as const;
const REASONS = ['not-an-approver', 'approver-twice', 'transaction-wanted', 'other-words', 'approvals-missing', 'not-valid-now', 'not-a-signed-approval'] as const;

/** Why something was not done, in words. */
export function failure(error: unknown): string {
  return failureText(error, (refusal) => {
    if (refusal.problem === 'approval-refused') {
      const reason = REASONS.find((one) => one === refusal.members.reason);
      return reason && t(`why.${reason}`);
    }
    if (refusal.problem === 'malformed-request') return t('refusal.malformed-request', { detail: faults(refusal) });
    return refusalText(refusal.problem);
  });
}

/** The ledger's reason in words, or its name. */
export function refusalText(name: string): string | undefined {
  const known = REFUSALS.find((one) => one === name);
  return known && t(`refusal.${known}`);
}

function faults(refusal: Refusal): string {
  const { errors } = refusal.members;
  return Array.isArray(errors) ? errors.map((one: { detail?: string }) => one.detail ?? '').join(' ') : '';
}
