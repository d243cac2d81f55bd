import { ProtobufMessage, ProtobufWriter } from './protobuf';

/** A point in time as CometBFT signs it (google.protobuf.Timestamp): seconds since 1970 and nanoseconds from 0 to 999,999,999. */
export interface Timestamp {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** Go's zero time, the beginning of year 1: what an absent signature carries. */
export const GO_ZERO_TIME: Timestamp = { seconds: -62_135_596_800n, nanos: 0 };

export function timestampBytes(time: Timestamp): Uint8Array<ArrayBuffer> {
  return new ProtobufWriter().varint(1, time.seconds).varint(2, BigInt(time.nanos)).bytes();
}

export function timestampFrom(message: ProtobufMessage): Timestamp {
  return { seconds: message.int64(1), nanos: message.int32(2) };
}

export function nanosSinceEpoch(time: Timestamp): bigint {
  return time.seconds * 1_000_000_000n + BigInt(time.nanos);
}

export function millisSinceEpoch(time: Timestamp): number {
  return Number(time.seconds) * 1000 + Math.floor(time.nanos / 1_000_000);
}

export function timestampOfMillis(millis: number): Timestamp {
  const seconds = Math.floor(millis / 1000);
  return { seconds: BigInt(seconds), nanos: (millis - seconds * 1000) * 1_000_000 };
}

/** Reads RFC 3339 in UTC with up to nine fraction digits. @throws SyntaxError */
export function parseTimestamp(text: string): Timestamp {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/.exec(text);
  const millis = match ? Date.parse(`${match[1]}Z`) : NaN;
  if (!match || Number.isNaN(millis)) throw new SyntaxError(`not a time in UTC: ${text}`);
  return { seconds: BigInt(millis / 1000), nanos: Number((match[2] ?? '').padEnd(9, '0')) };
}
