import { count } from '../i18n/format';
import type { Reason } from '../voting/refusal';
import { t } from './texts';
import { stepsTo } from './view';

/** Which check failed, in a sentence. */
export function refusalText(reason: Reason): string {
  return t(`refusal.${reason}`);
}

/** Where it failed, in words; empty when there are none for it. */
export function placeText(place: string): string {
  return stepsTo(place)
    .map((step) => {
      const number = count(step.number);
      return step.kind === 'event' ? t('place.event', { number, what: t(`event.${step.event}`) }) : t(`place.${step.kind}`, { number });
    })
    .join(', ');
}
