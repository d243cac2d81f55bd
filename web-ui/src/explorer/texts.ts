import en from '../messages/en/explorer';
import ko from '../messages/ko/explorer';
import { translator } from '../i18n/translator';

/** The explorer's words. */
export const t = translator({ ko, en });
