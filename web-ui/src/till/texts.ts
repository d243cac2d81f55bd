import en from '../messages/en/till';
import ko from '../messages/ko/till';
import { translator } from '../i18n/translator';

/** The till's words. */
export const t = translator({ ko, en });
