import { translator } from '../i18n/translator';
import en from '../messages/en/merchant';
import ko from '../messages/ko/merchant';

/** The words of those who run a shop. */
export const t = translator({ ko, en });
