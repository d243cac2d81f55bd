import en from '../messages/en/trustee';
import ko from '../messages/ko/trustee';
import { translator } from '../i18n/translator';

/** The words of the trustee's room. */
export const t = translator({ ko, en });
