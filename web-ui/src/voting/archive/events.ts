import { Refusal, at, refuseUnless } from '../refusal';
import { type Json, type JsonObject, count, members, readJson, string } from '../strict-json';
import type { Chunks } from './byte-source';
import { type ArchiveRecord, readRecords } from './records';

export type EventType = 'Setup' | 'Ballot' | 'EndBallots' | 'EncryptedTally' | 'PartialDecryption' | 'Result';

/** What may follow an event. An archive may end after any of them: it is then the beginning of a longer one. */
const FOLLOWERS: Record<EventType, readonly EventType[]> = {
  Setup: ['Ballot', 'EndBallots'],
  Ballot: ['Ballot', 'EndBallots'],
  EndBallots: ['EncryptedTally'],
  EncryptedTally: ['PartialDecryption'],
  PartialDecryption: ['PartialDecryption', 'Result'],
  Result: [],
};

/** An event of the board with the texts that belong to it. */
export interface BoardEvent {
  readonly type: EventType;
  readonly height: number;
  /** SHA-256 of the event: it stands for everything up to here. */
  readonly hash: string;
  /** Where to look, such as `event 7 (Ballot)`. */
  readonly place: string;
  /** The payload, where the type has one. */
  readonly payload: string;
  /** The data records that the payload refers to, in their order. */
  readonly data: readonly string[];
  readonly endsAt: number;
}

/** Events of an archive with everything but their meaning checked: hashes, chain, order, exactly their own records. @throws Refusal */
export async function* readEvents(chunks: Chunks): AsyncGenerator<BoardEvent> {
  let previous: BoardEvent | undefined;
  let data: ArchiveRecord[] = [];
  for await (const record of readRecords(chunks)) {
    if (record.kind === 'data') {
      data.push(record);
      refuseUnless(data.length <= 5, 'misplaced-record', `record ${record.index}`);
      continue;
    }
    previous = eventOf(record, data, previous);
    data = [];
    yield previous;
  }
  if (data[0]) throw new Refusal('misplaced-record', `record ${data[0].index}`);
  if (!previous) throw new Refusal('truncated', 'record 1');
}

function eventOf(record: ArchiveRecord, data: readonly ArchiveRecord[], previous: BoardEvent | undefined): BoardEvent {
  const height = previous ? previous.height + 1 : 0;
  const event = at(`event ${height}`, () => readEvent(record.text));
  const place = `event ${height} (${event.type})`;
  return at(place, () => {
    refuseUnless(event.parent === previous?.hash, 'broken-chain', 'parent');
    refuseUnless(event.height === height, 'broken-chain', 'height');
    refuseUnless(previous ? FOLLOWERS[previous.type].includes(event.type) : event.type === 'Setup', 'wrong-order');
    const hashes = data.map(({ hash }) => hash);
    const payload = data.at(-1)?.text ?? '';
    const expected = expectedRecords(event, payload);
    refuseUnless(hashes.join() === expected.join(), 'misplaced-record');
    const { type } = event;
    return { type, height, hash: record.hash, place, payload, data: data.slice(0, -1).map(({ text }) => text), endsAt: record.endsAt };
  });
}

interface EventRecord {
  readonly parent: string | undefined;
  readonly height: number;
  readonly type: EventType;
  readonly payload: string | undefined;
}

function readEvent(text: string): EventRecord {
  const record = members(readJson(text, 1_000), 'parent?,height,type,payload?');
  const type = string(record.type, 40);
  refuseUnless(Object.hasOwn(FOLLOWERS, type), 'unknown-event', 'type');
  return {
    parent: record.parent === undefined ? undefined : at('parent', () => recordHash(record.parent)),
    height: at('height', () => count(record.height, Number.MAX_SAFE_INTEGER)),
    type: type as EventType,
    payload: record.payload === undefined ? undefined : at('payload', () => recordHash(record.payload)),
  };
}

/** The hashes of the records that must stand before the event, its payload the last. */
function expectedRecords({ type, payload }: EventRecord, payloadText: string): string[] {
  refuseUnless((payload === undefined) === (type === 'EndBallots'), 'wrong-shape', 'payload');
  if (payload === undefined) return [];
  return at('payload', () => {
    switch (type) {
      case 'Setup': {
        const record = members(readJson(payloadText, 1_000), 'election,trustees,credentials,credentials_certificate?');
        refuseUnless(record.credentials_certificate === undefined, 'unsupported-credential-certificate');
        return [...hashesIn(record, ['election', 'trustees', 'credentials']), payload];
      }
      case 'EncryptedTally':
        return [...hashesIn(readTallyPayload(payloadText), ['encrypted_tally']), payload];
      case 'PartialDecryption':
        return [...hashesIn(readDecryptionPayload(payloadText), ['payload']), payload];
      default:
        return [payload];
    }
  });
}

export function readTallyPayload(text: string): JsonObject {
  return members(readJson(text, 1_000), 'num_tallied,total_weight,encrypted_tally');
}

export function readDecryptionPayload(text: string): JsonObject {
  return members(readJson(text, 1_000), 'owner,payload');
}

function hashesIn(record: JsonObject, names: readonly string[]): string[] {
  return names.map((name) => at(name, () => recordHash(record[name])));
}

function recordHash(value: Json | undefined): string {
  const hash = string(value, 64);
  refuseUnless(/^[0-9a-f]{64}$/.test(hash), 'wrong-shape');
  return hash;
}
