import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { film } from '../camera.mjs';
import { stage, story } from '../stage.mjs';

describe('a purchase', () => {
  story('is scanned with the camera, confirmed, and paid on both screens at once', async (cast) => {
    const shopper = await cast.newcomer({ permissions: ['camera'] });
    await shopper.opensWallet();
    await shopper.seesBalance(0);
    await shopper.charges();
    await shopper.seesBalance(30_000);

    const cashier = await cast.cashier();
    await cashier.asks(12_000);
    await film(stage.film, await cashier.qr().screenshot(), shopper.page);

    await shopper.visitor.link('home.scan').click();
    const sheet = shopper.confirmSheet();
    await sheet.waitFor();
    assert.equal(await sheet.getByTestId('payee').innerText(), cashier.shop.ko, 'the name is the registered one');
    assert.match(await sheet.innerText(), /12,000원/);

    await shopper.confirms(12_000);
    await shopper.seesPaid();
    await shopper.page.getByRole('heading', { name: '결제했어요' }).waitFor();
    await shopper.visitor.isTold(`결제했어요 12,000원 ${cashier.shop.ko}`);

    await cashier.seesPaid();
    await cashier.page.getByRole('heading', { name: '결제 완료' }).waitFor();
    await cashier.visitor.isTold('결제 완료 12,000원');
    const tones = await cashier.visitor.heard();
    assert.equal(tones.length, 3, 'the till plays three notes');
    assert.deepEqual(tones, tones.toSorted((low, high) => low - high), 'and they rise');

    await shopper.leavesPaidScreen();
    await shopper.seesBalance(18_000);
    await cashier.nextCustomer();
    assert.match(await cashier.newest().innerText(), /12,000원/);
  });

  story('is made in English as well', async (cast) => {
    const shopper = await cast.newcomer({ language: 'en' });
    await shopper.page.getByRole('heading', { name: 'Welcome to your Madang wallet' }).waitFor();
    assert.equal(await shopper.page.locator('html').getAttribute('lang'), 'en');
    await shopper.opensWallet();
    await shopper.charges();
    const cashier = await cast.cashier({ language: 'en' });
    const code = await cashier.asks(4_500);

    await shopper.enters(code);
    const sheet = shopper.confirmSheet();
    await sheet.getByRole('button', { name: 'Pay ₩4,500' }).waitFor();
    assert.equal(await sheet.getByTestId('payee').innerText(), cashier.shop.en);
    await shopper.confirms(4_500);
    await shopper.seesPaid();
    await shopper.page.getByRole('heading', { name: 'Paid', exact: true }).waitFor();
    await cashier.seesPaid();
    await cashier.visitor.isTold('Paid ₩4,500');
    await shopper.leavesPaidScreen();
    await shopper.seesBalance(25_500);
  });

  story('is paid by nobody else when the code was paid already', async (cast) => {
    const [first, second] = [await cast.shopper(), await cast.shopper()];
    const cashier = await cast.cashier();
    const code = await cashier.asks(1_000);
    await first.pays(code, 1_000);
    await cashier.seesPaid();

    await second.enters(code);
    await second.visitor.text('pay.closed.paid').waitFor();
    assert.equal(await second.page.getByRole('dialog').count(), 0);
    await second.visitor.goes('#/');
    await second.seesBalance(30_000);
  });

  story('with too little in the wallet offers to top up what is missing, and nothing else', async (cast) => {
    const shopper = await cast.shopper();
    const cashier = await cast.cashier();
    await shopper.enters(await cashier.asks(45_000));
    const sheet = shopper.confirmSheet();
    await sheet.getByText(shopper.visitor.t('pay.short', { amount: '15,000원' })).waitFor();
    assert.equal(await sheet.getByRole('button', { name: shopper.visitor.t('pay.button', { amount: '45,000원' }) }).count(), 0);
    await sheet.getByRole('link', { name: shopper.visitor.t('pay.charge', { amount: '15,000원' }) }).click();
    await shopper.visitor.heading('charge.title').waitFor();
  });
});
