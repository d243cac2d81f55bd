import en from '../messages/en/front';
import ko from '../messages/ko/front';
import { translator } from '../i18n/translator';

/** The front page's words. */
export const t = translator({ ko, en });
