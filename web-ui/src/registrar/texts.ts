import en from '../messages/en/registrar';
import ko from '../messages/ko/registrar';
import { translator } from '../i18n/translator';

/** The words of the registrar's room. */
export const t = translator({ ko, en });

type LetterKey = Extract<keyof typeof ko, `letter.${string}`>;

/** The words of a letter in one language: a letter speaks both, whatever the registrar's page speaks. */
export function letterWords(language: 'ko' | 'en', key: LetterKey, weight = 1): string {
  return { ko, en }[language][key].replace('{weight}', String(weight));
}
