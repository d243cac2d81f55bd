import type { Text } from '../api/drafts';
import { named } from '../app/names';
import { recordText } from '../votes/record-text';

/** A text of a draft in the language of the page. */
export function shown(text: Text | undefined): string {
  return typeof text === 'string' ? text : named(text);
}

/** A text of an election's record in the language of the page, where it certainly has both. */
export function spoken(text: string): string {
  const parts = recordText(text);
  return 'whole' in parts ? parts.whole : named(parts);
}
