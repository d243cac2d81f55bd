/** A text of an election's record. Where it was written in both languages, the record has them as one: the Korean, a stroke, the English. */
export type RecordText = { readonly ko: string; readonly en: string } | { readonly whole: string };

const HANGUL = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/;

/** Takes the languages apart only where that is certain: one stroke, Korean before it and none after. */
export function recordText(text: string): RecordText {
  const parts = text.split(' / ');
  const [ko = '', en = ''] = parts;
  if (parts.length !== 2 || !HANGUL.test(ko) || HANGUL.test(en) || !en.trim()) return { whole: text };
  return { ko, en };
}
