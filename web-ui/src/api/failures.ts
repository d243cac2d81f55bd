import { common } from '../i18n/common';
import { Refusal, Unreachable } from './client';

/** A failure in words. Rooms pass their own words for refusals that they know. */
export function failureText(error: unknown, known?: (refusal: Refusal) => string | undefined): string {
  if (error instanceof Unreachable) return common(`error.${error.reason}`);
  if (error instanceof Refusal) {
    const own = known?.(error);
    if (own) return own;
    if (error.status === 401 || error.status === 403) return common('error.denied');
    if (error.status === 404) return common('error.missing');
    return common('error.unknown', { name: error.problem });
  }
  return common('error.unknown', { name: error instanceof Error ? error.name : String(error) });
}
