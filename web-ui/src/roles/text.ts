import type { Text } from '../api/drafts';
import { named } from '../app/names';

/** A text of a draft in the language of the page. */
export function shown(text: Text | undefined): string {
  return typeof text === 'string' ? text : named(text);
}
