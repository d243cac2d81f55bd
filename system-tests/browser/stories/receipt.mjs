import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';

import { DESK } from '../people.mjs';
import { story } from '../stage.mjs';

describe('a receipt', () => {
  story('proves the payment to a doubter without a network, and convinces nobody once it is altered', async (cast) => {
    const shopper = await cast.shopper();
    const cashier = await cast.cashier();
    await shopper.pays(await cashier.asks(6_700), 6_700);
    await shopper.visitor.link('paid.receipt').click();
    await verdict(shopper.visitor, 'valid');
    const [download] = await Promise.all([
      shopper.page.waitForEvent('download'),
      shopper.visitor.button('receipt.download').click(),
    ]);
    const receipt = readFileSync(await download.path());

    const doubter = await cast.visitor({ room: 'explorer', path: '/explorer#/check', viewport: DESK });
    await doubter.text('check.members.text').waitFor();
    await doubter.context.setOffline(true);
    await hands(doubter, receipt);
    await verdict(doubter, 'valid');
    await doubter.page.getByText('6,700원').first().waitFor();

    for (const [altered, problem] of alterations(receipt)) {
      await doubter.button('check.again').click();
      await hands(doubter, altered);
      await verdict(doubter, problem);
      await doubter.heading('receipt.invalid').waitFor();
      await doubter.isTold(doubter.t('receipt.invalid'));
    }
  });

  story('of another chain convinces nobody', async (cast) => {
    const shopper = await cast.shopper();
    const receipt = JSON.parse(await receiptOfNewest(shopper));
    const doubter = await cast.visitor({ room: 'explorer', path: '/explorer#/check', viewport: DESK });
    await doubter.text('check.members.text').waitFor();
    await hands(doubter, Buffer.from(JSON.stringify({ ...receipt, chain: 'elsewhere' })));
    await verdict(doubter, 'other-chain');
  });
});

async function hands(doubter, bytes) {
  await doubter.page.getByLabel(doubter.t('check.choose'), { exact: true }).and(doubter.page.locator('input')).setInputFiles({
    name: 'receipt.json',
    mimeType: 'application/json',
    buffer: bytes,
  });
}

async function verdict(visitor, expected) {
  await visitor.page.locator(`[data-testid="receipt-verdict"][data-verdict="${expected}"]`).waitFor();
}

/** The receipt of the newest movement of a wallet. */
async function receiptOfNewest(shopper) {
  await shopper.page.locator('a[href^="#/receipt/"]').first().click();
  await verdict(shopper.visitor, 'valid');
  const [download] = await Promise.all([shopper.page.waitForEvent('download'), shopper.visitor.button('receipt.download').click()]);
  return readFileSync(await download.path(), 'utf8');
}

/** What a forger would try, and what each attempt is found out by. */
function alterations(bytes) {
  const receipt = JSON.parse(bytes);
  const altered = (change) => {
    const copy = structuredClone(receipt);
    change(copy);
    return Buffer.from(JSON.stringify(copy));
  };
  // Points are earned for paying, so that it is a payment in parts.
  const { composite } = JSON.parse(Buffer.from(receipt.outcome.data, 'base64url'));
  assert.equal(composite.amount, 6_700);
  const richer = { composite: { ...composite, amount: 9_700 } };
  return [
    [altered((copy) => (copy.outcome.data = Buffer.from(JSON.stringify(richer)).toString('base64url'))), 'not-the-outcome'],
    [altered((copy) => (copy.outcome.code = 1)), 'not-the-outcome'],
    [altered((copy) => (copy.inclusion.header = copy.outcome.header)), 'not-consecutive'],
    [altered((copy) => (copy.transaction = flipped(copy.transaction))), 'wrong-payer-signature'],
    [Buffer.concat([bytes, Buffer.from(' ')]), 'malformed'],
  ];
}

/** The same transaction with one bit of its signature turned. */
function flipped(transaction) {
  const [header, payload, signature] = transaction.split('.');
  const raw = Buffer.from(signature, 'base64url');
  raw[10] ^= 1;
  return [header, payload, raw.toString('base64url')].join('.');
}
