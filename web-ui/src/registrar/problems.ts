import { count } from '../i18n/format';
import { type ListProblem, MAX_VOTERS } from '../voting/register';
import { t } from './texts';

/** What is wrong with a list, and in which line. */
export function problemText(problem: ListProblem, line: number): string {
  const what = t(`list.${problem}`, { most: count(MAX_VOTERS) });
  return line === 0 ? what : t('list.line', { line: count(line), what });
}
