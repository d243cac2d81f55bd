/** The voters' list as the administrator uploads it: who may sign in, where the one-time code goes, and how much the ballot counts. */
export interface RollVoter {
  readonly voter: string;
  readonly contact: string;
  readonly name?: string;
  readonly weight?: number;
}

export type RollReading =
  | { readonly valid: true; readonly voters: RollVoter[] }
  | { readonly valid: false; readonly problem: 'empty' | 'too-many' | 'json' | 'voter' | 'contact' | 'weight' | 'twice' | 'columns'; readonly line: number };

export const MAX_ROLL = 100_000;
const MAX_IDENTITY = 200;
const COLUMNS = ['voter', 'contact', 'name', 'weight'] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/**
 * CSV (RFC 4180): with a heading that names the columns voter, contact, name, weight in any order, or without in this order; the contact, an
 * e-mail address, may be absent where the voter is known by one. Or JSON, a list of objects with those members.
 */
export function readRoll(typed: string): RollReading {
  const text = typed.replace(/^\ufeff/, '');
  const rows = /^\s*\[/.test(text) || /^\s*\{/.test(text) ? jsonRows(text) : csvRows(text);
  if (!Array.isArray(rows)) return { valid: false, problem: rows, line: 0 };
  if (rows.length === 0) return { valid: false, problem: 'empty', line: 0 };
  if (rows.length > MAX_ROLL) return { valid: false, problem: 'too-many', line: 0 };
  const seen = new Set<string>();
  const voters: RollVoter[] = [];
  for (const { line, row } of rows) {
    const voter = (row.voter ?? '').trim();
    const contact = (row.contact ?? '').trim() || voter;
    const name = (row.name ?? '').trim();
    const weight = (row.weight ?? '').trim() || '1';
    // What the registrar's files can hold.
    // eslint-disable-next-line no-control-regex
    if (voter === '' || voter.length > MAX_IDENTITY || /[\u0000-\u001f\u007f-\u009f",]/.test(voter)) return { valid: false, problem: 'voter', line };
    if (contact.length > MAX_IDENTITY || !/^[^\s@,]+@[^\s@,]+$/.test(contact)) return { valid: false, problem: 'contact', line };
    if (!/^[1-9][0-9]{0,8}$/.test(weight)) return { valid: false, problem: 'weight', line };
    if (seen.has(voter.toLowerCase())) return { valid: false, problem: 'twice', line };
    seen.add(voter.toLowerCase());
    voters.push({ voter, contact, ...(name && { name: name.slice(0, MAX_IDENTITY) }), ...(weight !== '1' && { weight: Number(weight) }) });
  }
  return { valid: true, voters };
}

type Rows = { readonly line: number; readonly row: Row }[] | 'json' | 'columns';

function jsonRows(text: string): Rows {
  try {
    const value = JSON.parse(text) as unknown;
    const list = Array.isArray(value) ? value : (value as { voters?: unknown }).voters;
    if (!Array.isArray(list)) return 'json';
    return list.map((item: unknown, index) => {
      const row: Row = {};
      if (typeof item === 'string') row.voter = item;
      else if (typeof item === 'object' && item !== null) {
        for (const column of COLUMNS) {
          const field = (item as Record<string, unknown>)[column];
          if (typeof field === 'string' || typeof field === 'number') row[column] = String(field);
        }
      }
      return { line: index + 1, row };
    });
  } catch {
    return 'json';
  }
}

function csvRows(text: string): Rows {
  const lines = fieldsOf(text).filter(({ fields }) => fields.some((field) => field.trim() !== ''));
  const [first] = lines;
  if (!first) return [];
  const heading = first.fields.map((field) => field.trim().toLowerCase());
  const named = heading.includes('voter');
  if (named && !heading.every((name) => (COLUMNS as readonly string[]).includes(name))) return 'columns';
  const order = named ? heading : COLUMNS;
  return lines.slice(named ? 1 : 0).map(({ fields, line }) => ({ line, row: Object.fromEntries(fields.map((field, i) => [order[i] ?? '', field])) }));
}

function fieldsOf(text: string): { fields: string[]; line: number }[] {
  const rows: { fields: string[]; line: number }[] = [];
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let line = 1;
  let start = 1;
  const endOfField = (): void => {
    fields.push(field);
    field = '';
  };
  const endOfRow = (): void => {
    endOfField();
    rows.push({ fields, line: start });
    fields = [];
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '\n') line++;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') {
        field += '"';
        i++;
      } else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === ',') endOfField();
    else if (character === '\n') {
      endOfRow();
      start = line;
    } else if (character !== '\r') field += character;
  }
  if (field !== '' || fields.length > 0) endOfRow();
  return rows;
}
