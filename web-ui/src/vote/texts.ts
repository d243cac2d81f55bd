import en from '../messages/en/vote';
import ko from '../messages/ko/vote';
import { translator } from '../i18n/translator';

/** The booth's words. */
export const t = translator({ ko, en });
