import { fromHex, sameBytes, textOf } from '../chain/bytes';
import { type JsonObject, write } from '../chain/canonical-json';
import { type Header, headerHash } from '../chain/header';
import { headerFromJson } from '../chain/header-json';
import { rootOf } from '../chain/merkle';
import { resultBytes } from '../chain/receipt';
import { millisSinceEpoch } from '../chain/timestamp';
import { type Posting, postingOf } from './postings';

/** Where blocks come from. Nothing that it says is believed: all of it is compared with the chain's hashes. */
export interface BlockSource {
  /** A block's header in CometBFT's JSON, and its transactions' hashes in their order. */
  block(height: number): Promise<{ readonly header: unknown; readonly transactions: readonly string[] }>;
  /** The data of the result of a transaction that took effect. */
  result(hash: string): Promise<unknown>;
}

export type BlockProblem = 'other-block' | 'other-transactions' | 'other-results';

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

/** How many blocks are asked for ahead: the way is long, and an answer takes its time. */
const AHEAD = 12;

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
  const coming = new Map<number, ReturnType<BlockSource['block']>>();
  let next = signed;
  let blocks = 0;
  let transactions = 0;
  for (let height = Number(signed.height) - 1; height >= 1; height--) {
    for (let ahead = height; ahead > height - AHEAD && ahead >= 1; ahead--) {
      if (coming.has(ahead)) continue;
      const block = source.block(ahead);
      block.catch(() => undefined); // it is waited for below, or never
      coming.set(ahead, block);
    }
    const shown = await coming.get(height)!;
    coming.delete(height);
    walk.signal.throwIfAborted();
    const header = headerBefore(next, shown.header, height);
    const timeMillis = millisSinceEpoch(header.time);
    if (timeMillis < whose.beginMillis) break;
    if (timeMillis < whose.endMillis) {
      const results = await resultsOf(header, next, shown.transactions, source);
      days.push(
        results.flatMap((data, index) => postingOf(`${height}.${index}`, data, whose.account, whose.asset) ?? []),
      );
      transactions += results.length;
    }
    walk.onProgress({ blocks: ++blocks, transactions, timeMillis });
    next = header;
  }
  return days.reverse().flat();
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

/** The results of a block's transactions, which the next header commits to. */
async function resultsOf(header: Header, next: Header, hashes: readonly string[], source: BlockSource): Promise<readonly JsonObject[]> {
  const height = Number(header.height);
  const named = attempted(() => rootOf(hashes.map(fromHex)));
  if (!named || !sameBytes(named, header.dataHash)) throw new ForgedBlock('other-transactions', height);
  const shown = await Promise.all(hashes.map((hash) => source.result(hash)));
  const results = attempted(() => shown.map((data) => write(data as JsonObject)));
  if (!results || !sameBytes(rootOf(results.map((data) => resultBytes(0, data))), next.lastResultsHash)) {
    throw new ForgedBlock('other-results', height);
  }
  return results.map((data) => JSON.parse(textOf(data)) as JsonObject);
}

function attempted<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
