import { concat } from '../../chain/bytes';

/** An archive as it comes: in one piece, or in chunks of any size. */
export type Chunks = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The chunks of a response's body or a file. (Not every browser lets a stream be iterated.) */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {}); // what has failed cannot be cancelled, and needs not be
  }
}

/** Takes bytes in the portions that a format needs. Holds what was not taken yet, never the whole. */
export class ByteSource {
  private readonly chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  taken = 0;

  constructor(chunks: Chunks) {
    const parts = chunks instanceof Uint8Array ? [chunks] : chunks;
    this.chunks = Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]();
  }

  /** The next bytes, fewer only where the archive ends. */
  async take(length: number): Promise<Uint8Array> {
    while (this.heldBytes < length) {
      const { done, value } = await this.chunks.next();
      if (done) break;
      this.held.push(value);
      this.heldBytes += value.length;
    }
    const portion: Uint8Array[] = [];
    let missing = Math.min(length, this.heldBytes);
    this.heldBytes -= missing;
    this.taken += missing;
    while (missing > 0) {
      const first = this.held[0]!;
      if (first.length <= missing) {
        portion.push(first);
        this.held.shift();
      } else {
        portion.push(first.subarray(0, missing));
        this.held[0] = first.subarray(missing);
      }
      missing -= portion.at(-1)!.length;
    }
    return portion.length === 1 ? portion[0]! : concat(...portion);
  }

  /** Lets go of where the bytes come from. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }
}
