import en from '../messages/en/common';
import ko from '../messages/ko/common';
import { translator } from './translator';

/** Words that every room uses. */
export const common = translator({ ko, en });
