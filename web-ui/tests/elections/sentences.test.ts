// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest';

import { placeText, refusalText } from '../../src/elections/sentences';
import { language } from '../../src/i18n/language.svelte';
import en from '../../src/messages/en/elections';
import ko from '../../src/messages/ko/elections';
import { REASONS } from '../../src/voting/refusal';

const texts = { ko, en };

describe.each(['ko', 'en'] as const)('in %s', (chosen) => {
  beforeEach(() => language.choose(chosen));

  test.each(REASONS)('%s is said in a sentence of its own', (reason) => {
    const sentence = refusalText(reason);
    expect(sentence).toMatch(chosen === 'ko' ? /[\uac00-\ud7a3].*\.$/ : /^[A-Z].* .*\.$/);
    expect(REASONS.filter((other) => refusalText(other) === sentence)).toEqual([reason]);
  });

  test('there are no words for refusals that do not exist', () => {
    const named = Object.keys(texts[chosen]).filter((key) => key.startsWith('refusal.'));
    expect(named.sort()).toEqual(REASONS.map((reason) => `refusal.${reason}`).sort());
  });
});

test('a place is said from the entry to the answer', () => {
  language.choose('en');
  expect(placeText('event 7 (Ballot)/answers/0/choices/2/alpha')).toBe('entry 7 of the board (a ballot), question 1, position 3');
  language.choose('ko');
  expect(placeText('record 3')).toBe('파일의 3번째 조각');
  expect(placeText('election/public_key')).toBe('');
});
