import { expect, test } from 'vitest';

import type { Approvable } from '../../src/api/settlement';
import { base64url } from '../../src/chain/bytes';
import { signerOf } from '../../src/chain/device-key';
import { readStatement } from '../../src/chain/statement';
import { isSignedRight } from '../../src/chain/verify-statement';
import { hasSigned, missing, signApproval } from '../../src/operator/approval';
import { readApproverKey } from '../../src/operator/key';
import { sums, waitingOf } from '../../src/operator/waiting';

const words = {
  asset: 'S-COIN', attempt: 1, carried: 0, charges: 0, count: 2, day: 20_779, merchant: 'ab'.repeat(16), net: 16_500, payout: 16_500, root: 'AA==',
  run: 'S-COIN-20261122-1',
};

const item: Approvable = {
  payoutId: 'c'.repeat(32), chain: 'madang-demo', purpose: 'settle', approvalPurpose: 'settle.approval', approval: words, operation: words,
  approvals: [], threshold: 2,
};

async function approver(first: number) {
  const read = await readApproverKey(`${base64url(Uint8Array.from({ length: 32 }, (_, i) => i + first))}\n`);
  if (!read.valid) throw new Error(read.problem);
  return { key: read.key, signer: signerOf(read.key) };
}

test('the first of two approvers signs an approval', async () => {
  const { key, signer } = await approver(1);
  const statement = readStatement(await signApproval(item, item.payoutId, signer, 1_000));
  expect(await isSignedRight(statement)).toBe(true);
  expect(statement.payload).toMatchObject({ chain: 'madang-demo', purpose: 'settle.approval', operation: words, validUntilMillis: 1_000 });
  expect(key.privateKey.extractable).toBe(false);
});

test('the last one signs the transaction with the approval inside', async () => {
  const [first, last] = [await approver(1), await approver(2)];
  const approved = { ...item, approvals: [await signApproval(item, item.payoutId, first.signer, 1_000)] };
  expect(missing(approved)).toBe(1);
  expect(hasSigned(approved, first.key.kid)).toBe(true);
  expect(hasSigned(approved, last.key.kid)).toBe(false);
  const statement = readStatement(await signApproval(approved, item.payoutId, last.signer, 2_000));
  expect(statement.payload.purpose).toBe('settle');
  expect(statement.payload.operation).toEqual({ ...words, approvals: approved.approvals });
});

test('the same words signed twice are the same statement', async () => {
  const { signer } = await approver(1);
  expect(await signApproval(item, item.payoutId, signer, 1_000)).toBe(await signApproval(item, item.payoutId, signer, 1_000));
});

test.each(['', 'no key', 'AAAA', JSON.stringify({ kind: 'madang-administrator-key' })])('a file with %j is no approver’s key', async (text) => {
  expect(await readApproverKey(text)).toEqual({ valid: false, problem: 'form' });
});

test('what waits is shown with the merchant’s name, its day and its amount', () => {
  const merchant = { id: 'M-00000000', account: words.merchant, name: { ko: '신촌커피', en: 'SINCHON COFFEE' } };
  const waiting = waitingOf(item, new Map([[merchant.account, merchant]]));
  expect(waiting).toMatchObject({ isVoid: false, name: merchant.name, asset: 'S-COIN', day: '2026-11-22', payout: 16_500 });
  expect(waitingOf(item, new Map())).toMatchObject({ account: words.merchant, name: undefined });
});

test('a voiding is shown by the settlement that it voids', () => {
  const voiding: Approvable = {
    ...item, purpose: 'settlement.void', approvalPurpose: 'void.approval', approval: { payoutId: item.payoutId, reason: 'AC04' },
    operation: { reason: 'AC04', settlement: { height: 7, index: 0, total: 1, path: [], outcome: { settlement: words } } },
  };
  expect(waitingOf(voiding, new Map())).toMatchObject({ isVoid: true, account: words.merchant, payout: 16_500 });
  expect(waitingOf({ ...voiding, operation: { settlement: 'no object' } }, new Map())).toMatchObject({ account: '', payout: 0 });
});

test('the sums are by asset', () => {
  const one = waitingOf(item, new Map());
  expect([...sums([one, one, { ...one, asset: 'U-COIN', payout: 5 }])]).toEqual([['S-COIN', 33_000], ['U-COIN', 5]]);
});
