import en from '../messages/en/elections';
import ko from '../messages/ko/elections';
import { translator } from '../i18n/translator';

/** The words for checking an election. */
export const t = translator({ ko, en });
