import { concat, utf8 } from '../src/chain/bytes';
import { paddingAfter, tarHeader } from '../src/voting/archive/tar';
import { hexHash } from '../src/voting/hashes';

const TIMESTAMP = 1_795_287_931;

export interface WrittenEvent {
  type: string;
  /** Records before the payload. */
  data: string[];
  payload?: string;
  /** For archives that are to be refused: what the event says otherwise. */
  saying?: Record<string, unknown>;
}

/** Writes archives, right ones and wrong ones: what each event refers to is the caller's business. */
export class ArchiveWriter {
  readonly parts: Uint8Array[] = [entry('BELENIOS', `{"version":1,"timestamp":"${TIMESTAMP}"}`)];
  private parent: string | undefined;
  private height = 0;

  /** The hash of the last event. */
  get head(): string {
    return this.parent!;
  }

  get events(): number {
    return this.height;
  }

  add({ type, data, payload, saying }: WrittenEvent): this {
    for (const text of [...data, ...(payload === undefined ? [] : [payload])]) this.parts.push(entry(`${hexHash(text)}.data.json`, text));
    const hash = payload === undefined ? undefined : hexHash(payload);
    const event = JSON.stringify({ parent: this.parent, height: this.height++, type, payload: hash, ...saying });
    this.parent = hexHash(event);
    this.parts.push(entry(`${this.parent}.event.json`, event));
    return this;
  }

  setup(election: string, trustees: string, credentials: string): this {
    const payload = JSON.stringify({ election: hexHash(election), trustees: hexHash(trustees), credentials: hexHash(credentials) });
    return this.add({ type: 'Setup', data: [election, trustees, credentials], payload });
  }

  ballot(text: string): this {
    return this.add({ type: 'Ballot', data: [], payload: text });
  }

  endBallots(): this {
    return this.add({ type: 'EndBallots', data: [] });
  }

  tally(text: string, tallied: number, totalWeight: number): this {
    const payload = JSON.stringify({ num_tallied: tallied, total_weight: totalWeight, encrypted_tally: hexHash(text) });
    return this.add({ type: 'EncryptedTally', data: [text], payload });
  }

  decryption(owner: number, text: string): this {
    return this.add({ type: 'PartialDecryption', data: [text], payload: JSON.stringify({ owner, payload: hexHash(text) }) });
  }

  result(text: string): this {
    return this.add({ type: 'Result', data: [], payload: text });
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return concat(...this.parts);
  }
}

export function entry(name: string, text: string, timestamp = TIMESTAMP): Uint8Array<ArrayBuffer> {
  const content = utf8(text);
  return concat(tarHeader(name, content.length, timestamp), content, new Uint8Array(paddingAfter(content.length)));
}
