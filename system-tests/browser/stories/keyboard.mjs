import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { focused, presses, reaches } from '../by-keyboard.mjs';
import { story } from '../stage.mjs';

describe('by keyboard alone', () => {
  story('a wallet is made, charged, and pays a code that was pasted', async (cast) => {
    const cashier = await cast.visitor({ room: 'till', viewport: { width: 1280, height: 800 } });
    const { merchant } = await (await cashier.page.request.get('/v1/demo')).json();
    await cashier.button('signin.demo', { name: merchant.name.ko }).waitFor();
    await presses(cashier, cashier.t('signin.demo', { name: merchant.name.ko }));
    await cashier.page.getByTestId('amount').waitFor();
    await cashier.page.keyboard.type('7500');
    await cashier.page.getByTestId('amount').filter({ hasText: '7,500원' }).waitFor();
    await cashier.page.keyboard.press('Enter');
    await cashier.sees('intent', 'created');
    const code = await cashier.page.getByTestId('qr').getAttribute('data-qr');

    const shopper = await cast.visitor({ room: 'wallet', permissions: ['clipboard-read', 'clipboard-write'] });
    await shopper.button('welcome.start').waitFor();
    await presses(shopper, shopper.t('welcome.start'));
    await shopper.page.getByTestId('balance').waitFor();
    await shopper.link('home.charge').first().waitFor();
    await presses(shopper, shopper.t('home.charge'));
    const charge = shopper.t('charge.button', { amount: '30,000원' });
    await shopper.page.getByRole('button', { name: charge }).and(shopper.page.locator(':enabled')).waitFor();
    await presses(shopper, charge);
    await shopper.sees('charge', 'confirmed');
    await presses(shopper, shopper.t('paid.home'));
    await shopper.page.getByTestId('balance').filter({ hasText: '30,000원' }).waitFor();

    await presses(shopper, shopper.t('home.scan'));
    await shopper.heading('scan.title').waitFor();
    await shopper.page.evaluate((text) => navigator.clipboard.writeText(text), code);
    await reaches(shopper, (focus) => focus.label === shopper.t('scan.code'));
    await shopper.page.keyboard.press('Control+V');
    await shopper.page.keyboard.press('Enter');

    await shopper.page.getByRole('dialog').waitFor();
    await presses(shopper, shopper.t('pay.button', { amount: '7,500원' }));
    await shopper.sees('payment', 'paid');
    await cashier.sees('intent', 'paid');
    await presses(shopper, shopper.t('paid.home'));
    await shopper.page.getByTestId('balance').filter({ hasText: '22,500원' }).waitFor();
  });

  story('the confirm sheet keeps the focus inside, and Escape closes it without paying', async (cast) => {
    const shopper = await cast.shopper();
    const cashier = await cast.cashier();
    await shopper.enters(await cashier.asks(2_000));
    await shopper.confirmSheet().waitFor();
    for (let step = 0; step < 8; step++) {
      await shopper.page.keyboard.press('Tab');
      const inside = await shopper.page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null);
      assert.ok(inside, 'the focus left the sheet');
    }
    await shopper.page.keyboard.press('Escape');
    await shopper.confirmSheet().waitFor({ state: 'detached' });
    await shopper.visitor.goes('#/');
    await shopper.seesBalance(30_000);
  });

  story('the first thing reached leads past the head of the page', async (cast) => {
    const shopper = await cast.newcomer();
    await shopper.visitor.button('welcome.start').waitFor();
    await shopper.page.keyboard.press('Tab');
    assert.equal((await focused(shopper.visitor)).name, shopper.visitor.t('skip'));
    await shopper.page.keyboard.press('Enter');
    assert.equal(await shopper.page.evaluate(() => document.activeElement.id), 'content');
  });
});
