import en from '../messages/en/mailbox';
import ko from '../messages/ko/mailbox';
import { translator } from '../i18n/translator';

/** The words of this room. */
export const t = translator({ ko, en });
