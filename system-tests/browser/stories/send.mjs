import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe } from 'node:test';

import { story } from '../stage.mjs';

describe('sending to a person', () => {
  story('needs only their telephone number', async (cast) => {
    const digits = String(randomInt(100_000_000)).padStart(8, '0');
    const phone = `010-${digits.slice(0, 4)}-${digits.slice(4)}`;
    const friend = await cast.newcomer();
    await friend.opensWallet();
    await friend.visitor.link('home.settings').click();
    await friend.visitor.field('settings.phone').fill(phone);
    await friend.visitor.field('settings.name').fill('김마당');
    await friend.visitor.button('settings.alias.save').click();
    await friend.visitor.text('settings.alias.done').waitFor();
    await friend.visitor.goes('#/');

    const sender = await cast.shopper();
    await sender.visitor.link('home.send').click();
    await sender.visitor.field('send.phone').fill(phone);
    await sender.visitor.button('send.next').click();
    for (const digit of '5500') await sender.page.getByRole('button', { name: digit, exact: true }).click();
    await sender.visitor.button('pay.next').click();
    const sheet = sender.confirmSheet();
    assert.match(await sheet.getByTestId('payee').innerText(), /^김/);
    await sender.visitor.button('pay.button.send', { amount: '5,500원' }).click();
    await sender.seesPaid();
    assert.ok(!sender.page.url().includes(digits.slice(4)), 'the number is not in the address');

    await friend.seesBalance(5_500);
    await sender.leavesPaidScreen();
    await sender.seesBalance(24_500);
  });

  story('to a number that nobody registered moves nothing', async (cast) => {
    const sender = await cast.shopper();
    await sender.visitor.link('home.send').click();
    await sender.visitor.field('send.phone').fill('010-0000-0001');
    await sender.visitor.button('send.next').click();
    await sender.page.getByRole('alert').filter({ hasText: sender.visitor.t('refusal.no-such-payee') }).waitFor();
    await sender.visitor.goes('#/');
    await sender.seesBalance(30_000);
  });
});
