import { concat } from './bytes';

/**
 * The part of protobuf's wire format that headers and commits need. Writing follows CometBFT: fields in ascending order, defaults
 * left out (the caller says where an empty message must still be written). Reading is plain; whoever reads something signed
 * writes it again and compares, so that only the one form passes.
 */
export class ProtobufWriter {
  private readonly parts: Uint8Array[] = [];

  bytes(): Uint8Array<ArrayBuffer> {
    return concat(...this.parts);
  }

  /** An integer as varint; a negative int64 as its two's complement; zero is left out. */
  varint(field: number, value: bigint): this {
    if (value !== 0n) this.parts.push(tag(field, 0), varintBytes(value));
    return this;
  }

  /** sfixed64, little-endian; zero is left out. */
  fixed64(field: number, value: bigint): this {
    if (value !== 0n) {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigInt64(0, value, true);
      this.parts.push(tag(field, 1), bytes);
    }
    return this;
  }

  /** Bytes or text; empty is left out. */
  data(field: number, value: Uint8Array): this {
    return value.length === 0 ? this : this.message(field, value);
  }

  /** An embedded message, written even when empty. */
  message(field: number, value: Uint8Array): this {
    this.parts.push(tag(field, 2), varintBytes(BigInt(value.length)), value);
    return this;
  }
}

function tag(field: number, wireType: number): Uint8Array {
  return varintBytes(BigInt(field * 8 + wireType));
}

export function varintBytes(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

export class MalformedProtobuf extends Error {}

/** The fields of one message, in the order in which they came; varints are unsigned 64-bit. */
export class ProtobufMessage {
  private readonly fields = new Map<number, (bigint | Uint8Array)[]>();

  /** @throws MalformedProtobuf */
  constructor(bytes: Uint8Array) {
    let at = 0;
    const varint = (): bigint => {
      let value = 0n;
      for (let shift = 0n; shift < 70n; shift += 7n) {
        const byte = bytes[at++];
        if (byte === undefined) throw new MalformedProtobuf('ends inside a number');
        value |= BigInt(byte & 0x7f) << shift;
        if (byte < 0x80) return BigInt.asUintN(64, value);
      }
      throw new MalformedProtobuf('number of more than ten bytes');
    };
    while (at < bytes.length) {
      const key = Number(varint());
      const values = this.fields.get(key >>> 3) ?? [];
      this.fields.set(key >>> 3, values);
      if ((key & 7) === 0) {
        values.push(varint());
      } else if ((key & 7) === 2) {
        const length = Number(varint());
        if (length > bytes.length - at) throw new MalformedProtobuf('ends inside a field');
        values.push(bytes.slice(at, at + length));
        at += length;
      } else {
        throw new MalformedProtobuf(`wire type ${key & 7} is not used here`);
      }
    }
  }

  varint(field: number): bigint {
    const value = this.one(field);
    if (value instanceof Uint8Array) throw new MalformedProtobuf(`field ${field} is not a number`);
    return value ?? 0n;
  }

  int64(field: number): bigint {
    return BigInt.asIntN(64, this.varint(field));
  }

  /** @throws MalformedProtobuf also when the number does not fit a signed 32-bit integer */
  int32(field: number): number {
    const value = this.int64(field);
    if (value !== BigInt.asIntN(32, value)) throw new MalformedProtobuf(`field ${field} is out of range`);
    return Number(value);
  }

  data(field: number): Uint8Array {
    const value = this.one(field);
    if (typeof value === 'bigint') throw new MalformedProtobuf(`field ${field} is not bytes`);
    return value ?? new Uint8Array();
  }

  message(field: number): ProtobufMessage {
    return new ProtobufMessage(this.data(field));
  }

  messages(field: number): ProtobufMessage[] {
    return (this.fields.get(field) ?? []).map((value) => {
      if (typeof value === 'bigint') throw new MalformedProtobuf(`field ${field} is not a message`);
      return new ProtobufMessage(value);
    });
  }

  private one(field: number): bigint | Uint8Array | undefined {
    const values = this.fields.get(field);
    if (values && values.length > 1) throw new MalformedProtobuf(`field ${field} occurs twice`);
    return values?.[0];
  }
}
