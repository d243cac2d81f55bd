import en from '../messages/en/wallet';
import ko from '../messages/ko/wallet';
import { translator } from '../i18n/translator';

/** The wallet's words. */
export const t = translator({ ko, en });
