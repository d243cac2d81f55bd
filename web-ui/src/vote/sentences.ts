import { t } from './texts';

/** How many answers to choose. */
export function ruleText({ min, max }: { readonly min: number; readonly max: number }): string {
  if (min === 1 && max === 1) return t('rule.one');
  if (min === max) return t('rule.exactly', { max });
  if (min === 0) return t('rule.up-to', { max });
  return t('rule.between', { min, max });
}
