// @vitest-environment happy-dom
import { expect, test } from 'vitest';

import { deviceName } from '../src/app/device-label';
import { language } from '../src/i18n/language.svelte';

test.each([
  ['android chrome', '안드로이드 · 크롬', 'Android · Chrome'],
  ['iphone safari', '아이폰 · 사파리', 'iPhone · Safari'],
  ['browser firefox', '파이어폭스', 'Firefox'],
])('the label %s is said in the reader’s language', (label, ko, en) => {
  language.choose('ko');
  expect(deviceName(label)).toBe(ko);
  language.choose('en');
  expect(deviceName(label)).toBe(en);
});

test.each(['', 'bank card', 'android', 'android web', 'android chrome 2', 'chrome android'])('the label “%s” of another program stays', (label) => {
  expect(deviceName(label)).toBe(label);
});
