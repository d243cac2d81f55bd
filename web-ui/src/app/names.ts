import type { Names } from '../api/types';
import { language } from '../i18n/language.svelte';

/** A name in the language of the page. */
export function named(name: Names | undefined): string {
  return name ? name[language.current] || name.ko || name.en : '';
}
