import type { Notice } from '../api/terms';
import type { Page } from '../api/types';
import { named } from '../app/names';
import type { Names } from '../api/types';
import { calendarDay, clockTime, money } from '../i18n/format';
import { bankName } from '../settlements/banks';
import { percentOf } from '../settlements/rate';
import { desk } from './desk.svelte';
import { t } from './texts';

/** What nobody at the shop has seen yet, for the banner and the screen's tab. */
class Notices {
  unseen = $state.raw<readonly Notice[]>([]);

  async refresh(): Promise<void> {
    try {
      this.unseen = (await desk.call<Page<Notice>>('GET', '/v1/merchant/notices?state=unseen&limit=100')).items;
    } catch {
      // Shown again with the next news; nothing depends on it.
    }
  }

  /** Says that the owner has seen these. */
  async see(seen: readonly Notice[]): Promise<void> {
    for (const notice of seen) await desk.call('POST', `/v1/merchant/notices/${notice.number}/seen`);
    await this.refresh();
  }
}

export const notices = new Notices();

/** What happened, in a sentence. */
export function told({ type, data }: Notice): string {
  const text = (name: string): string => (data[name] === undefined ? '' : String(data[name]));
  switch (type) {
    case 'account.proposed':
    case 'account.confirmed':
    case 'account.in-force':
    case 'account.objected': {
      const account = `${bankName(text('bank'))} ${text('number')} · ${text('holder')}`;
      const time = text('effectiveAt') && clockTime(text('effectiveAt'));
      return type === 'account.confirmed' ? t('told.account.confirmed', { account, time }) : t(`told.account.${type.slice('account.'.length) as 'proposed' | 'in-force' | 'objected'}`, { account });
    }
    case 'key.made':
      return t('told.key.made', { name: text('name') || t('staff.unnamed'), role: t(`role.${text('role') as 'owner' | 'manager' | 'cashier'}`) });
    case 'key.ended':
      return t('told.key.ended', { name: text('name') || t('staff.unnamed') });
    case 'webhook.made':
      return t('told.webhook.made', { address: text('url') });
    case 'fee.changed':
      return t('told.fee.changed', { day: calendarDay(text('fromDay')), rate: percentOf(Number(data.basisPoints)) });
    case 'correction.approved':
      return t('told.correction.approved', { day: calendarDay(text('day')), amount: money(Number(data.change), text('asset')), reason: text('reason') });
    case 'payout.returned':
      return t('told.payout.returned', { day: calendarDay(text('day')), amount: money(Number(data.amount), text('asset')), reason: named(data.words as Names) });
    default:
      return type;
  }
}

/** Where to look closer, if anywhere. */
export function place({ type, data }: Notice): string | undefined {
  if (type.startsWith('account.') || type.startsWith('fee.')) return '#/terms';
  if (type.startsWith('key.')) return '#/staff';
  if (type === 'webhook.made') return '#/webhooks';
  if (data.asset !== undefined && data.day !== undefined) return `#/settlements/${String(data.asset)}/${String(data.day)}`;
  return undefined;
}
