import en from '../messages/en/votes';
import ko from '../messages/ko/votes';
import { translator } from '../i18n/translator';

/** The words that all rooms about elections share. */
export const t = translator({ ko, en });
