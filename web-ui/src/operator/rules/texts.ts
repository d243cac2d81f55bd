import { translator } from '../../i18n/translator';
import en from '../../messages/en/rules';
import ko from '../../messages/ko/rules';

/** The words of rules and programmes. */
export const t = translator({ ko, en });
