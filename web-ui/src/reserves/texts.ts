import { translator } from '../i18n/translator';
import en from '../messages/en/reserves';
import ko from '../messages/ko/reserves';

/** Words about the reserves, for the explorer and the operators' desk. */
export const reserves = translator({ ko, en });
