import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './demo.mjs';

const MESSAGES = join(ROOT, 'web-ui', 'src', 'messages');
const known = new Map();

/** The words of a room's pages, from the files that the pages themselves are made of: stories find buttons as people do, by what is on them. */
export async function wordsOf(room, language) {
  const texts = { ...(await messages('common', language)), ...(await messages(room, language)) };
  return (key, values = {}) => {
    if (!(key in texts)) throw new Error(`${room} has no words for '${key}'`);
    return texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  };
}

/** Message files are plain modules without types, so that they can be read as they are. */
async function messages(file, language) {
  const path = join(MESSAGES, language, `${file}.ts`);
  if (!known.has(path)) {
    const module = `data:text/javascript;base64,${readFileSync(path).toString('base64')}`;
    known.set(path, (await import(module)).default);
  }
  return known.get(path);
}

/** Money as the pages write it. */
export function money(amount, language) {
  const digits = new Intl.NumberFormat(language).format(amount);
  return language === 'ko' ? `${digits}원` : `₩${digits}`;
}
