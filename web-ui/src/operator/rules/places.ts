import { t } from './texts';

/** The trades that operators choose from (ISO 18245); any other code is typed. */
export const CATEGORIES = [
  '5411', '5462', '5499', '5651', '5732', '5812', '5814', '5912', '5942', '5943', '5992', '7216', '7230', '7338', '7832', '7997', '8011', '8299', '9399',
] as const;

/** ISO 3166-2, and districts that have a name here; any other code is typed. */
export const REGIONS = [
  'KR-11', 'KR-11-SD', 'KR-26', 'KR-27', 'KR-28', 'KR-29', 'KR-30', 'KR-31', 'KR-41', 'KR-42', 'KR-43', 'KR-44', 'KR-45', 'KR-46', 'KR-47', 'KR-48', 'KR-49', 'KR-50',
] as const;

export function categoryName(code: string): string {
  const known = CATEGORIES.find((one) => one === code);
  return known ? `${t(`category.${known}`)} (${code})` : code;
}

export function regionName(code: string): string {
  const known = REGIONS.find((one) => one === code);
  return known ? `${t(`region.${known}`)} (${code})` : code;
}

export const isCategory = (code: string): boolean => /^[0-9]{4}$/.test(code);
export const isRegion = (code: string): boolean => /^[A-Z0-9-]{1,10}$/.test(code);

/** Codes that somebody typed, ascending, each once, as the ledger wants them. */
export function codesOf(text: string): readonly string[] {
  const codes = text.split(/[\s,]+/).filter(Boolean).map((code) => code.toUpperCase());
  return [...new Set(codes)].sort();
}
