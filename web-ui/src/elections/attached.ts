import type { AttachedElection } from '../api/attached';
import { base64url, utf8 } from '../chain/bytes';
import { sha256 } from '../chain/sha256';
import { clockTime } from '../i18n/format';
import { language } from '../i18n/language.svelte';
import { t } from './texts';

/** What a browser hashes at once. */
export const MOST_DOCUMENT_BYTES = 256 * 2 ** 20;

export function titleOf({ title }: AttachedElection): string {
  return title[language.current];
}

/** Until when hashes are taken; when it was closed early, nobody says when. */
export function attachedWhen({ stage, closesAt }: AttachedElection): string {
  return stage === 'open' ? t('attached.when.open', { time: clockTime(closesAt) }) : t('attached.when.ended');
}

/** Whether the text of a result is itself the document that its hash names. */
export function isItself({ text, hash }: NonNullable<AttachedElection['result']>): boolean {
  return base64url(sha256(utf8(text))) === hash;
}

/** In the form of a result's hash. */
export async function hashOf(document: Blob): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', await document.arrayBuffer())));
}
