import en from '../messages/en/administrator';
import ko from '../messages/ko/administrator';
import { translator } from '../i18n/translator';

/** The words of this room. */
export const t = translator({ ko, en });
