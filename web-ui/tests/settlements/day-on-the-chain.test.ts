import { beforeAll, describe, expect, test } from 'vitest';

import { type BlockSource, ForgedBlock, type WalkProgress, dayOnTheChain } from '../../src/settlements/day-on-the-chain';
import { differences } from '../../src/settlements/checks';
import { BEGIN, END, PERSON, SHOP, Town, paid, refunded } from './town';

const WHOSE = { account: SHOP, asset: 'S-COIN', beginMillis: BEGIN, endMillis: END };

let town: Town;
beforeAll(async () => {
  town = await Town.after([paid(3_300), paid(7_770), paid(50, PERSON), refunded(345), paid(4_500)], 2);
});

function walk(source: Partial<BlockSource> = {}, signal = new AbortController().signal, onProgress: (now: WalkProgress) => void = () => undefined) {
  return dayOnTheChain(town.signed(), { ...town.blocks(), ...source }, WHOSE, { signal, onProgress });
}

/** The block in which the shop was paid first, shown otherwise. */
function showing(change: (block: { header: Record<string, unknown>; transactions: readonly string[] }) => object): Partial<BlockSource> {
  return {
    block: async (height) => {
      const block = (await town.blocks().block(height)) as { header: Record<string, unknown>; transactions: readonly string[] };
      return height === 2 ? ({ ...block, ...change(block) } as never) : block;
    },
  };
}

const problem = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof ForgedBlock ? `${error.problem} ${error.height}` : error),
  );

describe('a day read from the chain', () => {
  test('has every posting of the merchant, and nothing of another day', async () => {
    let last: WalkProgress | undefined;
    expect(await walk({}, undefined, (now) => (last = now))).toEqual(town.postings);
    expect(last).toMatchObject({ blocks: 5, transactions: 6 });
  });

  test('names the capture that a settlement left out, even when its own root fits', async () => {
    const lines = town.postings.filter((_, at) => at !== 1);
    expect(differences(await walk(), lines)).toEqual([{ fault: 'left-out', position: '2.1', amount: 7_770 }]);
  });

  test('names a refund that was made up', async () => {
    const lines = [...town.postings, { position: '4.7', change: -9_000 }];
    expect(differences(await walk(), lines)).toEqual([{ fault: 'invented', position: '4.7', amount: -9_000 }]);
  });

  test('is refused when a transaction is hidden', async () => {
    expect(await problem(walk(showing(({ transactions }) => ({ transactions: transactions.slice(1) }))))).toBe('other-transactions 2');
    expect(await problem(walk(showing(() => ({ transactions: ['no hash'] }))))).toBe('other-transactions 2');
  });

  test('is refused when a header is not the one that the next one names', async () => {
    expect(await problem(walk(showing(({ header }) => ({ header: { ...header, data_hash: header.app_hash } }))))).toBe('other-block 2');
    expect(await problem(walk(showing(({ header }) => ({ header: { ...header, height: 3 } }))))).toBe('other-block 2');
    expect(await problem(walk(showing(() => ({ header: null }))))).toBe('other-block 2');
  });

  test('is refused when a result is not the one on the chain', async () => {
    const lowered = async (hash: string) => JSON.parse(JSON.stringify(await town.blocks().result(hash)).replace('7770', '7700'));
    expect(await problem(walk({ result: lowered }))).toBe('other-results 2');
    expect(await problem(walk({ result: () => Promise.resolve(undefined) }))).toMatch(/^other-results/);
  });

  test('says what the source says when that fails, and stops when asked to', async () => {
    const gone = new Error('gone');
    expect(await problem(walk({ block: () => Promise.reject(gone) }))).toBe(gone);
    const work = new AbortController();
    expect(await problem(walk({}, work.signal, () => work.abort()))).toMatchObject({ name: 'AbortError' });
  });

  test('begins with a header that is later than the day', async () => {
    const early = town.chain.blocks[2]!.header;
    await expect(dayOnTheChain(early, town.blocks(), WHOSE, { signal: new AbortController().signal, onProgress: () => undefined })).rejects.toThrow(RangeError);
  });
});
