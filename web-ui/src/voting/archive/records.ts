import { hex, sameBytes } from '../../chain/bytes';
import { sha256 } from '../../chain/sha256';
import { Refusal, atAsync, refuseUnless } from '../refusal';
import { textOfRecord } from '../strict-json';
import { ByteSource, type Chunks } from './byte-source';
import { BLOCK_BYTES, paddingAfter, readTarHeader, tarHeader } from './tar';

/** No record is larger: the longest is the list of credentials, 62 MB for 100,000 voters in BELENIOS-2048. */
const MAX_RECORD_BYTES = 1 << 27;

export interface ArchiveRecord {
  readonly kind: 'data' | 'event';
  /** SHA-256 of the content, lower-case hexadecimal. */
  readonly hash: string;
  readonly text: string;
  /** Its number in the file, from 1; the file's own first record is 0. */
  readonly index: number;
  /** Bytes of the archive up to its end. */
  readonly endsAt: number;
}

/** The records of an archive, each with its header, padding and hash checked byte for byte. @throws Refusal */
export async function* readRecords(chunks: Chunks): AsyncGenerator<ArchiveRecord> {
  const source = new ByteSource(chunks);
  try {
    const first = await atAsync('record 0', () => readEntry(source));
    if (!first) throw new Refusal('truncated', 'record 0');
    checkFirst(first);
    for (let index = 1; ; index++) {
      const record = await atAsync(`record ${index}`, async () => {
        const entry = await readEntry(source, first.timestampSeconds);
        return entry && recordOf(entry, index, source.taken);
      });
      if (!record) return;
      yield record;
    }
  } finally {
    await source.close();
  }
}

interface Entry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly timestampSeconds: number;
}

/** The next header with its content; undefined at the end. The same timestamp stands in every header. */
async function readEntry(source: ByteSource, timestampSeconds?: number): Promise<Entry | undefined> {
  const header = await source.take(BLOCK_BYTES);
  if (header.length === 0) return undefined;
  refuseUnless(header.length === BLOCK_BYTES, 'truncated');
  const fields = readTarHeader(header);
  if (!fields) throw new Refusal('wrong-header');
  const expected = tarHeader(fields.name, fields.contentBytes, timestampSeconds ?? fields.timestampSeconds);
  refuseUnless(sameBytes(header, expected), 'wrong-header');
  refuseUnless(fields.contentBytes <= MAX_RECORD_BYTES, 'too-long');
  const content = await source.take(fields.contentBytes);
  const padding = await source.take(paddingAfter(fields.contentBytes));
  refuseUnless(content.length === fields.contentBytes && padding.length === paddingAfter(content.length), 'truncated');
  refuseUnless(padding.every((byte) => byte === 0), 'wrong-padding');
  return { name: fields.name, content, timestampSeconds: fields.timestampSeconds };
}

/** The file's own record names its version and time. Older files have the time as a number. */
function checkFirst({ name, content, timestampSeconds }: Entry): void {
  const text = textOfRecord(content, 100);
  const forms = [`{"version":1,"timestamp":"${timestampSeconds}"}`, `{"version":1,"timestamp":${timestampSeconds}}`];
  refuseUnless(name === 'BELENIOS' && forms.includes(text), 'unknown-version', 'record 0');
}

function recordOf({ name, content }: Entry, index: number, endsAt: number): ArchiveRecord {
  const parts = /^([0-9a-f]{64})\.(data|event)\.json$/.exec(name);
  if (!parts) throw new Refusal('wrong-header', 'name');
  const [, hash, kind] = parts as unknown as [string, string, ArchiveRecord['kind']];
  refuseUnless(hex(sha256(content)) === hash, 'wrong-hash');
  return { kind, hash, text: textOfRecord(content, MAX_RECORD_BYTES), index, endsAt };
}

