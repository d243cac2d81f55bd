import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';

const source = join(import.meta.dirname, '../src');
const rooms = readdirSync(join(source, 'messages/ko')).map((file) => file.replace('.ts', ''));

async function messages(language: string, room: string): Promise<Record<string, string>> {
  return ((await import(`../src/messages/${language}/${room}.ts`)) as { default: Record<string, string> }).default;
}

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(rooms)('the messages of %s', (room) => {
  test('have the same keys in both languages', async () => {
    expect(Object.keys(await messages('en', room)).sort()).toEqual(Object.keys(await messages('ko', room)).sort());
  });

  test('have the same placeholders in both languages', async () => {
    const [ko, en] = [await messages('ko', room), await messages('en', room)];
    for (const key of Object.keys(ko)) expect(placeholders(en[key]!), key).toEqual(placeholders(ko[key]!));
  });

  test('are all used, and speak kindly', async () => {
    const code = files('.svelte', '.ts')
      .filter((file) => !file.includes('/messages/'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const ko = await messages('ko', room);
    for (const key of Object.keys(ko)) {
      // A key may be put together from a part that is known and one that is not: `status.${intent.status}`.
      const parts = key.split('.');
      const families = parts.slice(1).map((_, cut) => `${parts.slice(0, cut + 1).join('.')}.\${`);
      const named = [`'${key}'`, ...families, `.${parts.at(-1)}\``];
      const constant = /^[a-z]+$/.test(key) && code.includes(`key: '${key}'`);
      expect(constant || named.some((name) => code.includes(name)), `${key} is not used`).toBe(true);
      expect(ko[key], key).not.toMatch(/습니다|십시오|하세요\?/);
    }
  });
});

function files(...endings: string[]): string[] {
  return (readdirSync(source, { recursive: true }) as string[])
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map((file) => join(source, file));
}

describe('no text lives in code', () => {
  test.each(files('.svelte', '.ts').filter((file) => !file.includes('/messages/')))('%s', (file) => {
    const text = readFileSync(file, 'utf8');
    expect(text).not.toMatch(/[\uac00-\ud7a3]/);
    if (file.endsWith('.svelte')) {
      // A path, such as /wallet, is no word.
      for (const words of wordsIn(parse(text, { modern: true }).fragment)) expect(words).not.toMatch(/(?<!\/)\b[A-Za-z]{2,}/);
    }
  });
});

const SPOKEN_ATTRIBUTES = new Set(['aria-label', 'title', 'alt', 'label', 'detail', 'hint', 'caption']);

/** Every piece of text in the markup, and in attributes that people read or hear. */
function wordsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(wordsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, data, name, value, ...rest } = node as Record<string, unknown>;
  if (type === 'Text') return [String(data)];
  if (type === 'Attribute') return SPOKEN_ATTRIBUTES.has(String(name)) ? wordsIn(value) : [];
  if (type === 'Comment') return [];
  return Object.values(rest).flatMap(wordsIn);
}
