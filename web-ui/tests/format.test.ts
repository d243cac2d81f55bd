// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest';

import { language } from '../src/i18n/language.svelte';
import { calendarDay, calendarMonth, knowAssets, koreanClock, money, spokenTime } from '../src/i18n/format';
import { phoneNumber } from '../src/wallet/phone';

knowAssets([{ code: 'POINT', kind: 'point' }]);

describe('in Korean', () => {
  beforeEach(() => language.choose('ko'));

  test('money has its unit after the number', () => {
    expect(money(1_234_500, 'S-COIN')).toBe('1,234,500원');
    expect(money(300, 'POINT')).toBe('300P');
  });

  test('times are said as people say them', () => {
    const now = new Date(2026, 10, 21, 15, 0).getTime();
    expect(spokenTime(now - 20_000, now)).toBe('방금');
    expect(spokenTime(now + 20_000, now)).toBe('방금');
    expect(spokenTime(new Date(2026, 10, 23, 18, 0), now)).toBe('11월 23일 (월) 18:00');
    expect(spokenTime(now - 5 * 60_000, now)).toBe('5분 전');
    expect(spokenTime(new Date(2026, 10, 21, 9, 3), now)).toBe('오늘 09:03');
    expect(spokenTime(new Date(2026, 10, 20, 23, 59), now)).toBe('어제 23:59');
    expect(spokenTime(new Date(2026, 9, 3, 14, 3), now)).toBe('10월 3일 14:03');
    expect(spokenTime(new Date(2025, 9, 3, 14, 3), now)).toBe('2025년 10월 3일 14:03');
  });
});

describe('days of the calendar', () => {
  const now = Date.parse('2026-11-21T16:00:00Z');

  test('are named as they are, wherever the reader is', () => {
    language.choose('ko');
    expect(calendarDay('2026-11-20', now)).toBe('11월 20일 (금)');
    expect(calendarMonth('2026-11', now)).toBe('11월');
    expect(calendarMonth('2025-12', now)).toBe('2025년 12월');
    language.choose('en');
    expect(calendarMonth('2026-11', now)).toBe('November');
  });

  test('have a clock that is Korea’s', () => {
    expect(koreanClock('2026-11-20T15:04:00Z')).toBe('00:04');
  });
});

describe('in English', () => {
  beforeEach(() => language.choose('en'));

  test('money has its sign before the number', () => {
    expect(money(1_234_500, 'S-COIN')).toBe('₩1,234,500');
    expect(money(300, 'POINT')).toBe('300 pts');
  });

  test('the choice is remembered', () => {
    expect(localStorage.getItem('madang.language')).toBe('en');
  });
});

test.each([
  ['010-1234-5678', '01012345678'],
  ['+82 10 1234 5678', '01012345678'],
  ['010.1234.5678', '01012345678'],
  ['02-123-4567', undefined],
  ['hello', undefined],
])('the telephone number %s is %s', (typed, expected) => {
  expect(phoneNumber(typed)).toBe(expected);
});
