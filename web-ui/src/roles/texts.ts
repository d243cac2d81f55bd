import en from '../messages/en/roles';
import ko from '../messages/ko/roles';
import { translator } from '../i18n/translator';

/** Words that administrator, registrar and trustees share. */
export const roles = translator({ ko, en });
