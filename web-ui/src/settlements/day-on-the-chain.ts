import { sameBytes, utf8 } from '../chain/bytes';
import type { JsonObject } from '../chain/canonical-json';
import { type Header, headerHash } from '../chain/header';
import { headerFromJson } from '../chain/header-json';
import { rootOf } from '../chain/merkle';
import { resultBytes } from '../chain/receipt';
import { millisSinceEpoch } from '../chain/timestamp';
import { type Posting, postingOf } from './postings';

/** A block as a source shows it. */
export interface ShownBlock {
  /** In CometBFT's JSON. */
  readonly header: unknown;
  /** The data of each transaction's result, in their order: the very text that was hashed. */
  readonly results: readonly string[];
}

/** Where blocks come from. Nothing that it says is believed: all of it is compared with the chain's hashes. */
export interface BlockSource {
  /** Some of the blocks just below a height, newest first, as many as the source likes to give at once. */
  below(height: number): Promise<readonly ShownBlock[]>;
}

export type BlockProblem = 'other-block' | 'other-results';

/** A block that the source shows is not the one on the chain. */
export class ForgedBlock extends Error {
  constructor(
    readonly problem: BlockProblem,
    readonly height: number,
  ) {
    super(`${problem} at ${height}`);
  }
}

export interface Whose {
  readonly account: string;
  readonly asset: string;
  /** The day's first millisecond. */
  readonly beginMillis: number;
  /** The first one after the day. */
  readonly endMillis: number;
}

export interface WalkProgress {
  readonly blocks: number;
  readonly transactions: number;
  /** Of the block that was looked at last. */
  readonly timeMillis: number;
}

interface Walk {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: WalkProgress) => void;
}

/**
 * Reads a whole day from the chain itself, backward from a header that the members signed after the day: each header names the one before by
 * its hash, and holds the roots of its transactions and of the results of the block before. So no payment can be hidden and none made up
 * without the members' signatures.
 *
 * @param signed a verified header, later than the day
 * @returns all postings of the account in the asset and that day, in the chain's order
 * @throws ForgedBlock when what the source shows does not fit, or whatever the source throws
 */
export async function dayOnTheChain(signed: Header, source: BlockSource, whose: Whose, walk: Walk): Promise<readonly Posting[]> {
  if (millisSinceEpoch(signed.time) < whose.endMillis) throw new RangeError('the day had not ended yet');
  const days: Posting[][] = [];
  let next = signed;
  let blocks = 0;
  let transactions = 0;
  for await (const shown of blocksBelow(Number(signed.height), source)) {
    walk.signal.throwIfAborted();
    const height = Number(next.height) - 1;
    const header = headerBefore(next, shown.header, height);
    const timeMillis = millisSinceEpoch(header.time);
    if (timeMillis < whose.beginMillis) break;
    if (timeMillis < whose.endMillis) {
      const results = resultsOf(shown.results, next, height);
      days.push(postingsOf(results, height, whose));
      transactions += results.length;
    }
    walk.onProgress({ blocks: ++blocks, transactions, timeMillis });
    next = header;
  }
  return days.reverse().flat();
}

/** All blocks below a height, newest first; the next ones are asked for while some are worked through. */
async function* blocksBelow(from: number, source: BlockSource): AsyncGenerator<ShownBlock> {
  let height = from;
  let coming = source.below(height);
  while (height > 1) {
    const some = await coming;
    if (some.length === 0) throw new ForgedBlock('other-block', height - 1);
    height -= some.length;
    if (height > 1) {
      coming = source.below(height);
      coming.catch(() => undefined); // it is waited for above, or never
    }
    yield* some;
  }
}

function headerBefore(next: Header, json: unknown, height: number): Header {
  let header: Header | undefined;
  try {
    header = headerFromJson(json);
  } catch {
    // It is none.
  }
  if (!header || header.height !== BigInt(height) || !sameBytes(headerHash(header), next.lastBlockId.hash)) {
    throw new ForgedBlock('other-block', height);
  }
  return header;
}

/** The results of a block, which the next header commits to. */
function resultsOf(shown: readonly string[], next: Header, height: number): readonly string[] {
  // Only of texts: something else might be hashed as one text and read as another.
  const root = attempted(() => (shown.every((data) => typeof data === 'string') ? rootOf(shown.map((data) => resultBytes(0, utf8(data)))) : undefined));
  if (!root || !sameBytes(root, next.lastResultsHash)) throw new ForgedBlock('other-results', height);
  return shown;
}

/** What changed somebody's coins. Whoever is not named in a result has no part in it: accounts stand there as they are written. */
function postingsOf(results: readonly string[], height: number, { account, asset }: Whose): Posting[] {
  return results.flatMap((data, index) =>
    data.includes(account) ? (postingOf(`${height}.${index}`, JSON.parse(data) as JsonObject, account, asset) ?? []) : [],
  );
}

function attempted<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
