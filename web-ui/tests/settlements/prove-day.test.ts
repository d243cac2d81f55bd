import { beforeAll, describe, expect, test } from 'vitest';

import { write } from '../../src/chain/canonical-json';
import type { Members } from '../../src/chain/members';
import type { Line } from '../../src/settlements/checks';
import { type DayProof, type DaySource, NotRecordedYet, proveDay } from '../../src/settlements/prove-day';
import { postingsRoot } from '../../src/settlements/postings';
import { Random, seeds } from '../seeds';
import { PERSON, SUBJECT, Town, paid, refunded } from './town';

const DAY_OF_A_SHOP = [paid(3_300), paid(7_770), paid(12_345), paid(50, PERSON), refunded(345), paid(4_500), paid(800, undefined, 'U-COIN')];

let town: Town;
let members: Members;
beforeAll(async () => {
  town = await Town.after(DAY_OF_A_SHOP);
  members = town.chain.members();
});

function prove(source: Partial<DaySource> = {}, from = town): Promise<DayProof> {
  return proveDay(SUBJECT, from.chain.members(), { ...from.source(), ...source }, { signal: new AbortController().signal, onProgress: () => undefined });
}

const withLines = (lines: readonly Line[]): Partial<DaySource> => ({ lines: () => Promise.resolve({ items: lines }) });
const faultsOf = (proof: DayProof) => Object.fromEntries(proof.checks.map(({ name, faults }) => [name, faults.map(({ fault }) => fault)]));
const GOOD = { receipt: [], lines: [], sums: [], payments: [] };

describe('a day’s statement', () => {
  test('is proven by its lines and the receipt of its settlement', async () => {
    const proof = await prove();
    expect(faultsOf(proof)).toEqual(GOOD);
    expect(proof).toMatchObject({ payments: 4, root: postingsRoot(town.postings) });
    expect(proof.lines).toHaveLength(5);
  });

  test('with a line left out is found out, and the payment named', async () => {
    const proof = await prove(withLines(town.lines.filter((_, at) => at !== 1)));
    expect(faultsOf(proof)).toEqual({ receipt: [], lines: ['count', 'root'], sums: ['sum', 'sum', 'sum', 'sum'], payments: ['left-out'] });
    expect(proof.checks[3]!.faults).toEqual([{ fault: 'left-out', position: town.lines[1]!.position, amount: 7_770 }]);
  });

  test('with an amount altered is found out, and the payment named', async () => {
    const proof = await prove(withLines(town.lines.with(0, { ...town.lines[0]!, change: 3_200 })));
    expect(faultsOf(proof)).toEqual({ receipt: [], lines: ['root'], sums: ['sum', 'sum'], payments: ['altered'] });
  });

  test('with two lines swapped is found out', async () => {
    const swapped = town.lines.with(0, town.lines[1]!).with(1, town.lines[0]!);
    expect(faultsOf(await prove(withLines(swapped)))).toEqual({ ...GOOD, lines: ['order', 'root'] });
  });

  test('with a line twice is found out', async () => {
    const proof = await prove(withLines([town.lines[0]!, ...town.lines]));
    expect(proof.checks[1]!.faults.map(({ fault }) => fault)).toEqual(['order', 'count', 'root']);
  });

  test('whose lines fit another root than the recorded one is found out', async () => {
    const dishonest = await Town.founded();
    await dishonest.block([paid(3_300)], Date.parse('2026-11-20T01:00:00Z'));
    await dishonest.settle({ root: postingsRoot([]), count: 0 });
    expect(faultsOf(await prove({}, dishonest))).toEqual({ ...GOOD, lines: ['count', 'root'] });
  });

  test('with figures that are not the chain’s is found out', async () => {
    const [attempt] = town.attempts;
    const proof = await prove({ attempts: () => Promise.resolve([{ ...attempt!, payout: attempt!.payout + 1, carried: attempt!.carried - 1 }]) });
    expect(proof.checks[2]!.faults).toMatchObject([{ member: 'payout' }, { member: 'carried' }]);
  });

  test('with an amount carried from before that the chain does not bear out is found out', async () => {
    const [attempt] = town.attempts;
    const proof = await prove({ attempts: () => Promise.resolve([{ ...attempt!, carriedBefore: 500 }]) });
    expect(proof.checks[2]!.faults).toEqual([{ fault: 'sum', member: 'carriedBefore', said: 500, found: 0 }]);
  });

  test('with somebody else’s receipt is found out', async () => {
    const other = await prove({ attempts: () => Promise.resolve([{ ...town.attempts[0]!, attempt: 1, payoutId: '00'.repeat(16) }]) });
    expect(other.checks[0]!.faults).toEqual([{ fault: 'other-settlement', member: 'payoutId' }]);
    const stranger = await proveDay({ ...SUBJECT, merchant: PERSON }, members, town.source(), { signal: new AbortController().signal, onProgress: () => undefined });
    expect(stranger.checks[0]!.faults).toEqual([{ fault: 'other-settlement', member: 'merchant' }]);
  });

  test('with the receipt of a payment instead of a settlement is found out', async () => {
    const payment = town.chain.receipt(2, 0);
    const proof = await prove({ receipt: () => Promise.resolve(write(payment)) });
    expect(proof.checks[0]!.faults).toEqual([{ fault: 'receipt', problem: 'no-settlement' }]);
    expect(proof.root).toBeUndefined();
  });

  test('with a receipt that other members signed is found out', async () => {
    const proof = await proveDay(SUBJECT, { ...members, members: members.members.slice(1) }, town.source(), {
      signal: new AbortController().signal, onProgress: () => undefined,
    });
    expect(proof.checks[0]!.faults).toEqual([{ fault: 'receipt', problem: 'other-validators' }]);
    expect(proof.checks[1]!.faults).toHaveLength(1);
  });

  test('is proven with a further attempt, which covers no lines', async () => {
    const twice = await Town.after([paid(10_000)]);
    await twice.settle();
    expect(faultsOf(await prove({}, twice))).toEqual(GOOD);
    expect(twice.attempts[1]).toMatchObject({ captures: 0, carriedBefore: 9_950, payout: 9_950 });
  });

  test('is proven when a further attempt is not on the chain yet', async () => {
    const { transaction: _, ...pending } = { ...town.attempts[0]!, attempt: 2 };
    expect(faultsOf(await prove({ attempts: () => Promise.resolve([town.attempts[0]!, pending]) }))).toEqual(GOOD);
  });

  test('cannot be proven before it is on the chain', async () => {
    const { transaction: _, ...pending } = town.attempts[0]!;
    await expect(prove({ attempts: () => Promise.resolve([pending]) })).rejects.toBeInstanceOf(NotRecordedYet);
  });

  test('of an empty day is proven', async () => {
    const proof = await prove({}, await Town.after([]));
    expect(faultsOf(proof)).toEqual(GOOD);
    expect(proof.lines).toEqual([]);
  });

  test('of 10,000 lines is proven, and read page by page', async () => {
    const busy = await Town.founded();
    const many = Array.from({ length: 10_000 }, (_, at) => paid(1_000 + at));
    for (let from = 0; from < many.length; from += 500) await busy.block(many.slice(from, from + 500), Date.parse('2026-11-20T01:00:00Z') + from);
    await busy.settle();
    const steps: number[] = [];
    const proof = await proveDay(SUBJECT, busy.chain.members(), busy.source(), {
      signal: new AbortController().signal,
      onProgress: ({ step, lines }) => step === 'lines' && steps.push(lines),
    });
    expect(faultsOf(proof)).toEqual(GOOD);
    expect(proof.lines).toHaveLength(10_000);
    expect(steps).toHaveLength(100);
  });

  test('stops when asked to', async () => {
    const work = new AbortController();
    const stopped = proveDay(SUBJECT, members, town.source(), { signal: work.signal, onProgress: () => work.abort() });
    await expect(stopped).rejects.toThrow(/abort/i);
  });

  test.each(seeds(50))('never passes with a line changed, seed %i', async (seed) => {
    const random = new Random(seed);
    const at = random.below(town.lines.length);
    const line = town.lines[at]!;
    const [height, index] = line.position.split('.').map(Number) as [number, number];
    const changed = random.one([
      { ...line, change: line.change + 1 + random.below(9_999) },
      { ...line, change: -line.change },
      { ...line, position: `${height + 1 + random.below(5)}.${index}` },
      { ...line, position: `${height}.${index + 1 + random.below(5)}` },
    ]);
    const faults = (await prove(withLines(town.lines.with(at, changed)))).checks[1]!.faults;
    expect(faults.map(({ fault }) => fault)).toContain('root');
  });
});
