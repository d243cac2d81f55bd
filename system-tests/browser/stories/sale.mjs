import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { story } from '../stage.mjs';
import { wordsOf } from '../words.mjs';

/** The demo's sale of a single lot. */
const SALE = 'SALE-LAST';
const LOT = 10_000;
const PRICE = 9_000;
const CHARGED = 30_000;

describe('a sale day', () => {
  story('sells its last voucher to one of two who want it, and both learn it, also after a reload', async (cast) => {
    const g = await wordsOf('giving', 'ko');
    const [first, late] = [await cast.shopper(), await cast.shopper()];
    for (const shopper of [first, late]) {
      await shopper.visitor.goes(`#/sale/${SALE}`);
      // It opens a minute after the demo, under the eyes of those who wait.
      await shopper.page.locator('[data-testid="sale"][data-state="open"]').waitFor({ timeout: 90_000 });
    }
    const buy = g('sale.buy', { price: first.visitor.money(PRICE) });
    // Two presses are one purchase.
    await first.page.getByRole('button', { name: buy, exact: true }).dblclick();
    await first.visitor.sees('purchase', 'bought');
    await first.page.reload();
    await first.visitor.sees('purchase', 'bought');

    // The answer gets lost on its way to the second one, who looks again.
    let lost = 0;
    await late.page.route('**/v1/transactions', async (route) => {
      if (lost++ === 0) {
        await route.fetch();
        await route.abort();
      } else await route.continue();
    });
    await late.page.getByRole('button', { name: buy, exact: true }).click();
    await late.visitor.sees('purchase', 'sold-out');
    await late.page.getByText(g('bought.no.money'), { exact: true }).waitFor();
    assert.ok(lost > 1);

    await first.visitor.goes('#/holdings');
    const holding = first.page.locator('[data-testid="holding"][data-asset="SINCHON"]');
    await holding.getByText(first.visitor.money(LOT), { exact: true }).waitFor();
    await first.visitor.goes('#/');
    await first.seesBalance(CHARGED - PRICE);
    await late.visitor.goes(`#/sale/${SALE}`);
    await late.visitor.sees('sale', 'sold-out');
    await first.visitor.goes(`#/sale/${SALE}`);
    await first.visitor.sees('sale', 'bought');
  });
});
