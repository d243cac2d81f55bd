import { beforeAll, describe, expect, test } from 'vitest';

import { type BlockSource, ForgedBlock, type ShownBlock, type WalkProgress, dayOnTheChain } from '../../src/settlements/day-on-the-chain';
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
function showing(change: (block: Shown) => object): Partial<BlockSource> {
  return {
    below: async (height) =>
      ((await town.blocks().below(height)) as readonly Shown[]).map((block) => (block.header.height === 2 ? { ...block, ...change(block) } : block)),
  };
}

interface Shown extends ShownBlock {
  readonly header: Record<string, unknown>;
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

  test('is refused when a transaction is hidden or added', async () => {
    expect(await problem(walk(showing(({ results }) => ({ results: results.slice(1) }))))).toBe('other-results 2');
    expect(await problem(walk(showing(({ results }) => ({ results: [...results, results[0]] }))))).toBe('other-results 2');
    expect(await problem(walk(showing(() => ({ results: [] }))))).toBe('other-results 2');
  });

  test('is refused when blocks are hidden, shown twice, or there are none', async () => {
    const { below } = town.blocks();
    expect(await problem(walk({ below: async (height) => (await below(height)).slice(1) }))).toMatch(/^other-block/);
    expect(await problem(walk({ below: async (height) => (await below(height)).flatMap((block) => [block, block]) }))).toMatch(/^other-block/);
    expect(await problem(walk({ below: (height) => (height > 4 ? below(height) : Promise.resolve([])) }))).toMatch(/^other-block/);
  });

  test('is refused when a header is not the one that the next one names', async () => {
    expect(await problem(walk(showing(({ header }) => ({ header: { ...header, data_hash: header.app_hash } }))))).toBe('other-block 2');
    expect(await problem(walk(showing(({ header }) => ({ header: { ...header, height: 3 } }))))).toBe('other-block 2');
    expect(await problem(walk(showing(() => ({ header: null }))))).toBe('other-block 2');
  });

  test('is refused when a result is not the one on the chain', async () => {
    expect(await problem(walk(showing(({ results }) => ({ results: results.map((data) => data.replace('7770', '7700')) }))))).toBe('other-results 2');
    expect(await problem(walk(showing(({ results }) => ({ results: results.map((data) => ` ${data}`) }))))).toBe('other-results 2');
    // A list of one text looks like that text when it is hashed.
    expect(await problem(walk(showing(({ results }) => ({ results: results.map((data) => [data]) }))))).toBe('other-results 2');
    for (const nonsense of [undefined, null, {}, 'no list', [1], [null]]) {
      expect(await problem(walk(showing(() => ({ results: nonsense }))))).toBe('other-results 2');
    }
  });

  test('says what the source says when that fails, and stops when asked to', async () => {
    const gone = new Error('gone');
    expect(await problem(walk({ below: () => Promise.reject(gone) }))).toBe(gone);
    const work = new AbortController();
    expect(await problem(walk({}, work.signal, () => work.abort()))).toMatchObject({ name: 'AbortError' });
  });

  test('begins with a header that is later than the day', async () => {
    const early = town.chain.blocks[2]!.header;
    await expect(dayOnTheChain(early, town.blocks(), WHOSE, { signal: new AbortController().signal, onProgress: () => undefined })).rejects.toThrow(RangeError);
  });
});
