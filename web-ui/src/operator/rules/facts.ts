import type { ProgrammeKind, Rules, Terms } from '../../api/rules';
import type { Json, JsonObject } from '../../chain/canonical-json';
import { clockTime, count, money } from '../../i18n/format';
import { assetName } from '../words';
import { categoryName, regionName } from './places';
import { t } from './texts';

/** One line of what holds, in words. */
export interface Line {
  readonly label: string;
  readonly value: string;
}

/** Rules as they are signed: times in milliseconds. */
export function ruleWords(rules: Rules): JsonObject {
  const { version: _version, from: _from, expiresAt, ...rest } = rules;
  return { ...rest, ...(expiresAt ? { expiresMillis: Date.parse(expiresAt) } : {}) } as unknown as JsonObject;
}

const texts = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Rules line by line, always the same lines, so that two of them can be compared. */
export function ruleLines(words: JsonObject | undefined, asset: string): readonly Line[] {
  const cap = (name: string): string => (typeof words?.[name] === 'number' ? money(words[name], asset) : t('rule.cap.none'));
  const categories = texts(words?.categories);
  const regions = texts(words?.regions);
  const expires = words?.expiresMillis;
  return [
    { label: t('rule.expires'), value: typeof expires === 'number' ? t('rule.expires.until', { time: clockTime(expires) }) : t('rule.expires.never') },
    { label: t('rule.categories'), value: categories.map(categoryName).join(', ') || t('rule.categories.all') },
    { label: t('rule.regions'), value: regions.map(regionName).join(', ') || t('rule.regions.all') },
    { label: t('rule.gifts'), value: t(words?.gifts === false ? 'rule.gifts.no' : 'rule.gifts.yes') },
    { label: t('rule.perPayment'), value: cap('perPayment') },
    { label: t('rule.perDay'), value: cap('perDay') },
    { label: t('rule.holdingCap'), value: cap('holdingCap') },
    { label: t('rule.forWon'), value: t(words?.forWon === false ? 'rule.forWon.no' : 'rule.forWon.yes') },
  ];
}

/** Terms as they are signed. */
export function termWords(terms: Terms): JsonObject {
  return { ...terms, fromMillis: Date.parse(terms.from), untilMillis: Date.parse(terms.until) } as unknown as JsonObject;
}

const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);

/** What a programme gives, in one sentence; of charges by the example of 10,000. */
export function gives(kind: ProgrammeKind, words: JsonObject, asset: string): string {
  const rate = number(words.rate);
  const percent = (rate / 100).toLocaleString();
  const amount = money(number(words.amount), asset);
  const price = words.price as JsonObject | undefined;
  const round = 10_000;
  switch (kind) {
    case 'discount':
      return t('terms.discount', { rate: percent, price: money(round - (round * rate) / 10_000, asset), amount: money(round, asset) });
    case 'bonus':
      return t('terms.bonus', { rate: percent, price: money(round, asset), amount: money(round + (round * rate) / 10_000, asset) });
    case 'earning':
      return t('terms.earning', { rate: percent, asset: assetName(asset) });
    case 'reward':
      return t('terms.reward', { amount });
    case 'sale':
      return t('terms.sale', { amount, price: money(number(price?.amount), String(price?.asset ?? '')) });
  }
}

/** Terms line by line. */
export function termLines(kind: ProgrammeKind, words: JsonObject, asset: string): readonly Line[] {
  const share = money(number(words.perPerson), asset);
  const days = number(words.periodDays);
  return [
    { label: t('terms.what'), value: gives(kind, words, asset) },
    { label: t('terms.period'), value: t('terms.period.span', { from: clockTime(number(words.fromMillis)), until: clockTime(number(words.untilMillis)) }) },
    { label: t('terms.perPerson'), value: days ? t('terms.perPerson.in', { days: count(days), amount: share }) : t('terms.perPerson.all', { amount: share }) },
    { label: t('terms.total'), value: money(number(words.total), asset) },
  ];
}

/** What accounts are said to be. */
export function attributeLines(words: JsonObject): readonly Line[] {
  return [
    { label: t('attributes.category'), value: typeof words.category === 'string' ? categoryName(words.category) : t('attributes.none') },
    { label: t('attributes.region'), value: typeof words.region === 'string' ? regionName(words.region) : t('attributes.none') },
  ];
}

/** The lines that say something else afterwards. */
export function changed(before: readonly Line[], after: readonly Line[]): readonly Line[] {
  return after.filter((line) => before.find((one) => one.label === line.label)?.value !== line.value);
}
