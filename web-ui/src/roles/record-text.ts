import type { Text } from '../api/drafts';

/** A text of a draft as the election's record has it, and voters see it: both languages, once where they are the same. */
export function recordText(text: Text): string {
  if (typeof text === 'string') return text;
  return text.ko === text.en ? text.ko : `${text.ko} / ${text.en}`;
}
