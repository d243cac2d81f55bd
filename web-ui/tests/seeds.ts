/** Repeatable randomness for property tests: mulberry32. MADANG_SEED=42 replays one seed. */
export class Random {
  constructor(private state: number) {}

  /** A whole number from 0 up to, not including, the bound. */
  below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }
}

export function seeds(count: number): number[] {
  const replay = process.env.MADANG_SEED;
  return replay ? [Number(replay)] : Array.from({ length: count }, (_, seed) => seed + 1);
}
