import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { Shopper } from '../people.mjs';
import { story } from '../stage.mjs';

describe('a lost phone', () => {
  story('costs a key and never the money', async (cast) => {
    const lost = await cast.shopper();
    const code = await writesRecoveryCode(lost);

    const found = new Shopper(await cast.visitor({ room: 'wallet' }));
    await found.visitor.link('welcome.recover').click();
    await found.visitor.field('recover.code').fill(code);
    await found.visitor.button('recover.button').click();
    await found.visitor.text('recover.lost').waitFor();

    const lostKey = await lost.page.evaluate(keyOfThisDevice);
    await found.page.locator(`[data-testid="key"][data-key="${lostKey}"]`).getByRole('button').click();
    await found.visitor.button('devices.revoke.confirm').click();
    await found.page.locator(`[data-testid="key"][data-key="${lostKey}"]`).getByText(found.visitor.t('devices.revoked')).waitFor();

    const cashier = await cast.cashier();
    const intent = await cashier.asks(8_000);
    await found.visitor.goes('#/');
    await found.seesBalance(30_000);
    await found.pays(intent, 8_000);
    await cashier.seesPaid();

    // Whoever has the old phone cannot pay: neither with the session that was open, nor with the key.
    await cashier.nextCustomer();
    const another = await cashier.asks(3_000);
    await triesToPay(lost, another, 3_000);
    await lost.page.reload();
    await lost.visitor.text('locked.title').waitFor();
    await cashier.visitor.sees('intent', 'created');
    await found.leavesPaidScreen();
    await found.seesBalance(22_000);
  });

  story('a recovery code with a slip of the pen is noticed before anything is asked', async (cast) => {
    const shopper = await cast.newcomer();
    await shopper.visitor.link('welcome.recover').click();
    await shopper.visitor.field('recover.code').fill('ABCD-'.repeat(13) + 'ABCD');
    const asked = shopper.visitor.requests.length;
    await shopper.visitor.button('recover.button').click();
    await shopper.visitor.text('recover.code.wrong').waitFor();
    assert.deepEqual(shopper.visitor.requests.slice(asked).filter((request) => request.includes('/v1/')), []);
  });
});

async function writesRecoveryCode(shopper) {
  await shopper.visitor.link('home.devices').click();
  await shopper.visitor.link('devices.make').click();
  const groups = await shopper.page.getByTestId('recovery-code').getByRole('listitem').allInnerTexts();
  assert.equal(groups.length, 14);
  await shopper.visitor.button('recovery.written').click();
  await shopper.visitor.field('recovery.check').fill(groups.at(-1));
  await shopper.visitor.button('recovery.save').click();
  await shopper.visitor.heading('devices.title').waitFor();
  return groups.join('-');
}

/** The old phone gets nowhere: the code is not even looked up, or the payment is refused. */
async function triesToPay(shopper, code, amount) {
  await shopper.visitor.goes('#/scan');
  await shopper.visitor.field('scan.code').fill(code);
  await shopper.visitor.button('scan.code.go').click();
  const refused = shopper.page.locator('[data-testid="payment"][data-state="refused"]').or(shopper.page.getByRole('alert'));
  const pay = shopper.visitor.button('pay.button', { amount: shopper.visitor.money(amount) });
  await refused.or(pay).first().waitFor();
  if (await pay.isVisible()) {
    await pay.click();
    await refused.first().waitFor();
  }
}

/** Runs in the page: the public name of the key that this browser keeps. */
async function keyOfThisDevice() {
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('madang-wallet');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const identity = await new Promise((resolve, reject) => {
    const request = database.transaction('identity').objectStore('identity').get('me');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  database.close();
  return identity.key.kid;
}
