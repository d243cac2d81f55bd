import { beforeAll, describe, expect, test } from 'vitest';

import { SampleChain } from '../../dev/sample-chain';
import { base64url, fromBase64url } from '../../src/chain/bytes';
import { type Json, type JsonObject, write } from '../../src/chain/canonical-json';
import { generateDeviceKey, signerOf } from '../../src/chain/device-key';
import { MalformedMembers, readMembers } from '../../src/chain/members';
import { verifyReceipt } from '../../src/chain/receipt';
import { makeStatement, randomStatementId } from '../../src/chain/statement';
import { Random, seeds } from '../seeds';

const NAMES = ['city', 'university', 'bank', 'audit office'];
const START = 1_790_000_000_000;

async function payment(chain: SampleChain, transactionsPerBlock: number): Promise<void> {
  const signer = signerOf(await generateDeviceKey());
  const transactions: string[] = [];
  const results = [];
  for (let i = 0; i < transactionsPerBlock; i++) {
    const operation = { amount: 1_000 + i, asset: 'S-COIN', to: 'ab'.repeat(16) };
    const id = randomStatementId();
    const statement = { chain: chain.name, id, operation, purpose: 'transfer', validUntilMillis: START + 60_000 };
    transactions.push(await makeStatement(signer, statement));
    const made = { amount: 1_000 + i, asset: 'S-COIN', payee: 'ab'.repeat(16), payer: 'cd'.repeat(16) };
    results.push({ code: 0, data: write({ payment: made }) });
  }
  chain.addBlock(transactions, results, START);
  chain.addBlock([], [], START + 1);
}

describe.each([1, 2, 3, 7, 100])('receipts of a block with %i transactions', (count) => {
  let chain: SampleChain;
  beforeAll(async () => {
    chain = new SampleChain('demo', NAMES);
    await payment(chain, count);
  });

  test('verify with the members alone', async () => {
    for (const index of new Set([0, count >> 1, count - 1])) {
      const verdict = await verifyReceipt(write(chain.receipt(1, index)), chain.members());
      expect(verdict).toMatchObject({ valid: true, proven: { data: { payment: { amount: 1_000 + index } } } });
    }
  });

  test('are about 1.5 KB with four members', () => {
    if (count === 1) expect(write(chain.receipt(1, 0)).length).toBeLessThan(3_600);
  });
});

describe('a receipt', () => {
  let chain: SampleChain;
  beforeAll(async () => {
    chain = new SampleChain('demo', NAMES);
    await payment(chain, 5);
  });

  test('holds when one of four members was away', async () => {
    const withThree = new SampleChain('demo', NAMES, new Set([1]));
    await payment(withThree, 2);
    expect(await verifyReceipt(write(withThree.receipt(1, 0)), withThree.members())).toMatchObject({ valid: true });
  });

  test('is refused when two of four were away', async () => {
    const withTwo = new SampleChain('demo', NAMES, new Set([1, 2]));
    await payment(withTwo, 2);
    const verdict = await verifyReceipt(write(withTwo.receipt(1, 0)), withTwo.members());
    expect(verdict).toEqual({ valid: false, problem: 'too-few-signatures' });
  });

  test('is refused by other members and by another chain', async () => {
    const bytes = write(chain.receipt(1, 0));
    const others = { ...new SampleChain('elsewhere', NAMES).members(), chain: 'demo' };
    expect(await verifyReceipt(bytes, others)).toEqual({ valid: false, problem: 'other-validators' });
    expect(await verifyReceipt(bytes, { ...chain.members(), chain: 'else' })).toEqual({ valid: false, problem: 'other-chain' });
  });

  test('is refused with the transaction or the outcome of its neighbour', async () => {
    const mine = chain.receipt(1, 0);
    const other = chain.receipt(1, 1);
    const swapped = { ...mine, transaction: other.transaction! };
    expect(await verifyReceipt(write(swapped), chain.members())).toEqual({ valid: false, problem: 'not-in-block' });
    const outcome = { ...mine, outcome: other.outcome! };
    expect(await verifyReceipt(write(outcome), chain.members())).toEqual({ valid: false, problem: 'not-the-outcome' });
  });

  test('is refused with the outcome of a later height', async () => {
    const longer = new SampleChain('demo', NAMES);
    await payment(longer, 2);
    await payment(longer, 2);
    const first = longer.receipt(1, 0);
    const later = longer.receipt(3, 0);
    const verdict = await verifyReceipt(write({ ...first, outcome: later.outcome! }), longer.members());
    expect(verdict).toEqual({ valid: false, problem: 'not-consecutive' });
  });

  test.each(seeds(150))('is refused once any byte of any part changed, seed %i', async (seed) => {
    const random = new Random(seed);
    const receipt = chain.receipt(1, 2);
    const damaged = damage(receipt, random);
    expect(await verifyReceipt(write(damaged), chain.members())).toMatchObject({ valid: false });
  });

  test.each(seeds(150))('never proves anything else with a byte of the file changed, seed %i', async (seed) => {
    const random = new Random(seed);
    const original = chain.receipt(1, 2);
    const bytes = write(original).slice();
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at]! + 1 + random.below(255)) & 0xff;
    const verdict = await verifyReceipt(bytes, chain.members());
    // The fourth of four signatures is one more than needed, and the tree's size is fixed only as far as the path goes: what is proven stays.
    if (verdict.valid) {
      expect(verdict.proven.receipt.transaction).toBe(original.transaction);
      expect(verdict.proven.receipt.outcome.data).toEqual(fromBase64url((original.outcome as JsonObject).data as string));
      expect(verdict.proven.receipt.outcome.code).toBe(0);
    }
  });
});

/** Changes one leaf of the receipt: a bit of something binary, or a number. Commits keep spare signatures, so those are left out. */
function damage(receipt: JsonObject, random: Random): JsonObject {
  const { inclusion, outcome } = receipt as { inclusion: JsonObject; outcome: JsonObject };
  const flipped = (text: Json): string => {
    const bytes = fromBase64url(text as string);
    bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
    return base64url(bytes);
  };
  const sibling = (path: Json): Json => {
    const siblings = [...(path as string[])];
    const at = random.below(siblings.length);
    siblings[at] = flipped(siblings[at]!);
    return siblings;
  };
  const changes: (() => JsonObject)[] = [
    () => ({ ...receipt, inclusion: { ...inclusion, header: flipped(inclusion.header!) } }),
    () => ({ ...receipt, inclusion: { ...inclusion, path: sibling(inclusion.path!) } }),
    () => ({ ...receipt, inclusion: { ...inclusion, index: (inclusion.index as number) + 1 } }),
    () => ({ ...receipt, inclusion: { ...inclusion, total: 3 + random.below(2) } }),
    () => ({ ...receipt, inclusion: { ...inclusion, path: (inclusion.path as Json[]).slice(1) } }),
    () => ({ ...receipt, outcome: { ...outcome, header: flipped(outcome.header!) } }),
    () => ({ ...receipt, outcome: { ...outcome, path: sibling(outcome.path!) } }),
    () => ({ ...receipt, outcome: { ...outcome, data: flipped(outcome.data!) } }),
    () => ({ ...receipt, outcome: { ...outcome, code: 1 + random.below(9) } }),
    () => ({ ...receipt, outcome: { ...outcome, commit: inclusion.commit! } }),
    () => ({ ...receipt, chain: 'other' }),
    () => ({ ...receipt, version: 2 }),
    () => ({ ...receipt, more: 1 }),
  ];
  return random.one(changes)();
}

test.each([
  ['a member twice', (file: JsonObject) => ({ ...file, members: [...(file.members as Json[]), (file.members as Json[])[0]!] })],
  ['no member', (file: JsonObject) => ({ ...file, members: [] })],
  ['another format', (file: JsonObject) => ({ ...file, format: 'madang-export' })],
  ['a power of zero', (file: JsonObject) => ({ ...file, members: [{ ...(file.members as JsonObject[])[0]!, power: 0 }] })],
])('a members file with %s is refused', (_, change) => {
  const file = JSON.parse(new TextDecoder().decode(new SampleChain('demo', NAMES).membersFile()));
  expect(() => readMembers(write(change(file)))).toThrow(MalformedMembers);
});
