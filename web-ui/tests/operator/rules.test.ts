// @vitest-environment happy-dom
import { expect, test } from 'vitest';

import type { Proposal } from '../../src/api/rules';
import { base64url } from '../../src/chain/bytes';
import { signerOf } from '../../src/chain/device-key';
import { readStatement } from '../../src/chain/statement';
import { isSignedRight } from '../../src/chain/verify-statement';
import { readApproverKey } from '../../src/operator/key';
import { changed, gives, ruleLines, ruleWords } from '../../src/operator/rules/facts';
import { codesOf, isCategory, isRegion } from '../../src/operator/rules/places';
import { hasSigned, isLast, missing, signProposal, wordsToSign } from '../../src/operator/rules/signing';

const proposal: Proposal = {
  number: 1, purpose: 'asset.rules', approvalPurpose: 'rules.approval', about: 'POINT', asset: 'POINT', chain: 'madang-demo',
  words: { asset: 'POINT', fromMillis: 5, rules: { forWon: false, gifts: false } }, approvals: [], signatures: 2, state: 'waiting', own: false,
  proposedAt: '2026-11-22T00:00:00.000Z',
};

async function approver(first: number) {
  const read = await readApproverKey(base64url(Uint8Array.from({ length: 32 }, (_, i) => i + first)));
  if (!read.valid) throw new Error(read.problem);
  return { kid: read.key.kid, signer: signerOf(read.key) };
}

test('the first approver signs the words, the last one the transaction with the approval inside', async () => {
  const [first, last] = [await approver(1), await approver(2)];
  const approval = await signProposal(proposal, first.signer, 1_000);
  expect(await isSignedRight(readStatement(approval))).toBe(true);
  expect(readStatement(approval).payload).toMatchObject({ purpose: 'rules.approval', operation: proposal.words });
  const approved = { ...proposal, approvals: [approval] };
  expect([missing(approved), hasSigned(approved, first.kid), hasSigned(approved, last.kid)]).toEqual([1, true, false]);
  expect(readStatement(await signProposal(approved, last.signer, 1_000)).payload).toMatchObject({
    purpose: 'asset.rules', operation: { ...proposal.words, approvals: [approval] },
  });
});

test('approvers of a programme sign approvals only, because the fund signs last', () => {
  const programme: Proposal = { ...proposal, purpose: 'programme.set', approvalPurpose: 'programme.approval', signatures: 3 };
  expect(isLast(programme)).toBe(false);
  expect(isLast({ ...programme, approvals: ['one'] })).toBe(true);
  expect(wordsToSign({ ...programme, approvals: ['one'] }).purpose).toBe('programme.approval');
});

test('a collection is one approver’s alone', () => {
  const { approvalPurpose: _, ...rest } = proposal;
  const sweep: Proposal = { ...rest, purpose: 'asset.sweep', signatures: 1, words: { asset: 'POINT', accounts: [] } };
  expect([isLast(sweep), wordsToSign(sweep)]).toEqual([true, { purpose: 'asset.sweep', operation: sweep.words }]);
});

test('only the lines that say something else are changes', () => {
  const before = ruleLines({ gifts: true, forWon: true, perPayment: 5_000 }, 'POINT');
  const after = ruleLines({ gifts: true, forWon: true, perPayment: 4_000, categories: ['5814'] }, 'POINT');
  expect(changed(before, after)).toHaveLength(2);
  expect(changed(before, before)).toEqual([]);
  expect(changed(ruleLines(undefined, 'POINT'), ruleLines({ gifts: true, forWon: true }, 'POINT'))).toEqual([]);
});

test('rules that were read are proposed again as they are signed', () => {
  expect(ruleWords({ version: 3, from: '2026-11-22T00:00:00.000Z', expiresAt: '1970-01-01T00:00:00.007Z', gifts: false, forWon: true })).toEqual({
    expiresMillis: 7, gifts: false, forWon: true,
  });
});

test('a discount of 10 % is to pay 9,000 and get 10,000', () => {
  expect(gives('discount', { rate: 1_000 }, 'S-COIN')).toMatch(/10.*9,000.*10,000/);
  expect(gives('bonus', { rate: 1_000 }, 'S-COIN')).toMatch(/10.*10,000.*11,000/);
});

test('codes that people type are brought into the order of the ledger', () => {
  expect(codesOf(' 5814, 5462\n5814 kr-11')).toEqual(['5462', '5814', 'KR-11']);
  expect(codesOf('')).toEqual([]);
  expect([isCategory('5814'), isCategory('581'), isRegion('KR-11-SD'), isRegion('서울')]).toEqual([true, false, true, false]);
});
