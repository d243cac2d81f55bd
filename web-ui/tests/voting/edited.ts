import { readEvents } from '../../src/voting/archive/events';
import { hexHash } from '../../src/voting/hashes';
import { ArchiveWriter, type WrittenEvent } from '../../dev/archive-writer';

/** The events of an archive, to be changed and written again with right hashes: what is then refused is refused for its meaning. */
export async function eventsOf(bytes: Uint8Array): Promise<WrittenEvent[]> {
  const events: WrittenEvent[] = [];
  for await (const { type, data, payload } of readEvents(bytes)) {
    events.push({ type, data: [...data], ...(type !== 'EndBallots' && { payload }) });
  }
  return events;
}

export function sealed(events: readonly WrittenEvent[]): Uint8Array {
  const writer = new ArchiveWriter();
  for (const event of events) writer.add(event);
  return writer.bytes();
}

/** The events with the text of one record replaced, and the payload that names the record corrected. */
export function withRecord(events: readonly WrittenEvent[], event: number, record: number, text: string): WrittenEvent[] {
  return events.map((one, index) => {
    if (index !== event) return one;
    const old = one.data[record]!;
    const data = one.data.map((other, i) => (i === record ? text : other));
    return { ...one, data, payload: one.payload!.replace(hexHash(old), hexHash(text)) };
  });
}

export type Path = readonly (string | number)[];

/** The paths of all values in a JSON text that hold no others. */
export function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, Array.isArray(value) ? Number(name) : name]));
}

/** The text with one leaf changed, as little as its kind allows. */
export function withLeaf(text: string, path: Path, change: (leaf: unknown) => unknown = changed): string {
  const value = JSON.parse(text) as never;
  const parent = path.slice(0, -1).reduce<Record<string | number, unknown>>((inner, step) => inner[step] as never, value);
  const last = path.at(-1)!;
  parent[last] = change(parent[last]);
  return JSON.stringify(value);
}

export function changed(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf === 'boolean') return !leaf;
  const text = leaf as string;
  if (/^[0-9]+$/.test(text)) return (BigInt(text) + 1n).toString();
  const at = text.length - 1;
  // Inside a nested JSON text the last digit of its last number, so that it stays JSON.
  const digit = text.search(/[0-9](?=[^0-9]*$)/);
  const where = text.startsWith('{') && digit >= 0 ? digit : at;
  const other = text[where] === '1' ? '2' : '1';
  return text.slice(0, where) + other + text.slice(where + 1);
}
