import en from '../messages/en/giving';
import ko from '../messages/ko/giving';
import { translator } from '../i18n/translator';

/** The words for points, vouchers and what programmes give. */
export const g = translator({ ko, en });
