import { type Language, language } from './language.svelte';

export type Values = Record<string, string | number>;

/** Looks words up by key. `{name}` in a text is replaced by the value of that name. */
export function translator<Key extends string>(texts: Record<Language, Record<Key, string>>): (key: Key, values?: Values) => string {
  return (key, values = {}) => texts[language.current][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
