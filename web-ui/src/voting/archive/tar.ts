import { textOf, utf8 } from '../../chain/bytes';

/**
 * The tar form of an election's archive (`UUID.bel`): old-style headers of 512 bytes with nothing optional in them, contents padded with
 * zeros, and no zero blocks at the end, so that the file can grow.
 */
export const BLOCK_BYTES = 512;

/** A header in its one form. */
export function tarHeader(name: string, contentBytes: number, timestampSeconds: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(BLOCK_BYTES);
  const put = (text: string, offset: number): void => header.set(utf8(text), offset);
  const octal = (value: number): string => value.toString(8).padStart(11, '0');
  put(name, 0);
  put('0000644', 100);
  put('0000000', 108);
  put('0000000', 116);
  put(octal(contentBytes), 124);
  put(octal(timestampSeconds), 136);
  put('        ', 148); // the checksum counts its own field as spaces
  put('0', 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

export interface HeaderFields {
  readonly name: string;
  readonly contentBytes: number;
  readonly timestampSeconds: number;
}

/** What a header says. Whether it says it in the one form shows when it is made again. Undefined for anything unreadable. */
export function readTarHeader(header: Uint8Array): HeaderFields | undefined {
  let text: string;
  try {
    text = textOf(header.subarray(0, 160));
  } catch {
    return undefined;
  }
  const name = text.slice(0, text.indexOf('\0'));
  const numbers = [text.slice(124, 135), text.slice(136, 147)];
  if (name.length > 99 || numbers.some((octal) => !/^[0-7]{11}$/.test(octal))) return undefined;
  const [contentBytes, timestampSeconds] = numbers.map((octal) => parseInt(octal, 8)) as [number, number];
  return { name, contentBytes, timestampSeconds };
}

/** How many zero bytes follow a content of this length. */
export function paddingAfter(contentBytes: number): number {
  return (BLOCK_BYTES - (contentBytes % BLOCK_BYTES)) % BLOCK_BYTES;
}
