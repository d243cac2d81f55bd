import { translator } from '../i18n/translator';
import en from '../messages/en/operator';
import ko from '../messages/ko/operator';

/** The words of those who operate the gateway. */
export const t = translator({ ko, en });
