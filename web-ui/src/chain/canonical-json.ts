import { textOf, utf8 } from './bytes';

/**
 * JSON in exactly one form (docs/formats.md section 1, RFC 8785 restricted): what is signed, stored and compared.
 * Reading refuses any other form of the same value, so a value has one sequence of bytes.
 */
export type Json = string | number | boolean | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export const MAX_DEPTH = 8;
export const MAX_BYTES = 64 * 1024;

/** Why a text is not canonical, and where: the byte offset and the path of names and indexes that leads there. */
export class NotCanonical extends Error {
  constructor(
    readonly reason: string,
    readonly byteOffset: number,
    readonly path: string,
  ) {
    super(`${reason} at byte ${byteOffset}, path ${path || '/'}`);
  }
}

const SHORT_ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** The canonical text of a value. @throws RangeError for a value that has none */
export function writeText(value: Json, maxBytes = MAX_BYTES): string {
  const text = written(value, 0);
  if (utf8(text).length > maxBytes) throw new RangeError(`longer than ${maxBytes} bytes`);
  return text;
}

/** The canonical bytes of a value. @throws RangeError for a value that has none */
export function write(value: Json, maxBytes = MAX_BYTES): Uint8Array<ArrayBuffer> {
  return utf8(writeText(value, maxBytes));
}

function written(value: Json, depth: number): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new RangeError(`not a whole number in range: ${value}`);
    return String(value);
  }
  if (depth === MAX_DEPTH) throw new RangeError(`deeper than ${MAX_DEPTH} levels`);
  if (isArray(value)) return `[${value.map((item) => written(item, depth + 1)).join(',')}]`;
  // JavaScript compares strings by UTF-16 code units: the order that RFC 8785 asks for.
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `{${names.map((name) => `${quoted(name)}:${written(value[name]!, depth + 1)}`).join(',')}}`;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function quoted(text: string): string {
  if (!text.isWellFormed()) throw new RangeError('a half of a surrogate pair stands alone');
  // eslint-disable-next-line no-control-regex
  return `"${text.replace(/["\\\u0000-\u001f]/g, escaped)}"`;
}

function escaped(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The value of canonical bytes. @throws NotCanonical for every other input */
export function read(bytes: Uint8Array, maxBytes = MAX_BYTES): Json {
  if (bytes.length > maxBytes) throw new NotCanonical(`longer than ${maxBytes} bytes`, maxBytes, '');
  let text: string;
  try {
    text = textOf(bytes);
  } catch {
    throw new NotCanonical('not UTF-8', 0, '');
  }
  return new Reader(text).whole();
}

/** As {@link read}, for an object. @throws NotCanonical also when the value is not an object */
export function readObject(bytes: Uint8Array, maxBytes = MAX_BYTES): JsonObject {
  const value = read(bytes, maxBytes);
  if (typeof value !== 'object' || isArray(value)) throw new NotCanonical('not an object', 0, '');
  return value;
}

class Reader {
  private at = 0;
  private readonly path: (string | number)[] = [];

  constructor(private readonly text: string) {}

  whole(): Json {
    const value = this.value(0);
    if (this.at !== this.text.length) this.refuse('something follows the value');
    return value;
  }

  private value(depth: number): Json {
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth + 1);
      case '[':
        return this.array(depth + 1);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      default:
        return this.number();
    }
  }

  private object(depth: number): JsonObject {
    this.refuseTooDeep(depth);
    this.at++;
    // Without a prototype, so that a member called __proto__ is a member like any other.
    const members: Record<string, Json> = Object.create(null);
    if (this.taken('}')) return members;
    let last: string | undefined;
    do {
      if (this.text[this.at] !== '"') this.refuse('expected the name of a member');
      const start = this.at;
      const name = this.string();
      if (last !== undefined && name <= last) this.refuse('members are not in ascending order', start);
      last = name;
      if (!this.taken(':')) this.refuse('expected :');
      this.path.push(name);
      members[name] = this.value(depth);
      this.path.pop();
    } while (this.taken(','));
    if (!this.taken('}')) this.refuse('expected , or }');
    return members;
  }

  private array(depth: number): Json[] {
    this.refuseTooDeep(depth);
    this.at++;
    const values: Json[] = [];
    if (this.taken(']')) return values;
    do {
      this.path.push(values.length);
      values.push(this.value(depth));
      this.path.pop();
    } while (this.taken(','));
    if (!this.taken(']')) this.refuse('expected , or ]');
    return values;
  }

  private string(): string {
    let value = '';
    this.at++;
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) this.refuse('the text ends inside a string');
      if (character === '"') {
        this.at++;
        return value;
      }
      if (character < ' ') this.refuse('a control character must be escaped');
      value += character === '\\' ? this.escape() : character;
      if (character !== '\\') this.at++;
    }
  }

  private escape(): string {
    const short = Object.entries(SHORT_ESCAPES).find(([, written]) => this.text.startsWith(written, this.at));
    if (short) {
      this.at += 2;
      return short[0];
    }
    const match = /^\\u(00[01][0-9a-f])/.exec(this.text.slice(this.at, this.at + 6));
    const character = match ? String.fromCharCode(parseInt(match[1]!, 16)) : undefined;
    if (character === undefined || SHORT_ESCAPES[character]) this.refuse('not the one escape of a character');
    this.at += 6;
    return character;
  }

  private word(word: string, value: boolean): boolean {
    if (!this.text.startsWith(word, this.at)) this.refuse('expected a value');
    this.at += word.length;
    return value;
  }

  private number(): number {
    const match = /^(0|-?[1-9][0-9]{0,15})/.exec(this.text.slice(this.at, this.at + 17));
    if (!match) this.refuse('expected a value');
    const value = Number(match[0]);
    const next = this.text[this.at + match[0].length];
    if (!Number.isSafeInteger(value) || (next !== undefined && /[0-9.eE+-]/.test(next))) {
      this.refuse('not a whole number in range, in its one form');
    }
    this.at += match[0].length;
    return value;
  }

  private taken(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private refuseTooDeep(depth: number): void {
    if (depth > MAX_DEPTH) this.refuse(`deeper than ${MAX_DEPTH} levels`);
  }

  private refuse(reason: string, at: number = this.at): never {
    const path = this.path.map((step) => `/${step}`).join('');
    throw new NotCanonical(reason, utf8(this.text.slice(0, at)).length, path);
  }
}
