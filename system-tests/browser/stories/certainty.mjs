import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { story } from '../stage.mjs';

const SUBMIT = '**/v1/transactions';

describe('while a payment is being confirmed', () => {
  story('a reload comes back to it, and it is paid once', async (cast) => {
    const shopper = await cast.shopper({ serviceWorkers: 'block' });
    const cashier = await cast.cashier();
    await shopper.enters(await cashier.asks(5_000));
    const sent = [];
    // The gateway takes the payment, but its answer never arrives.
    await shopper.page.route(SUBMIT, async (route) => {
      sent.push(route.request().postDataJSON().transaction);
      if (sent.length > 1) return await route.continue();
      await route.fetch();
    });
    await shopper.confirms(5_000);
    await shopper.visitor.sees('payment', 'waiting');
    await shopper.page.getByRole('heading', { name: '확인 중' }).waitFor();
    await cashier.seesPaid();

    await shopper.page.reload();
    await shopper.seesPaid();
    assert.equal(new Set(sent).size, 1, 'the same signed bytes were sent again');
    assert.ok(sent.length > 1);
    await shopper.leavesPaidScreen();
    await shopper.seesBalance(25_000);
  });

  story('a reload before anything arrived sends the same payment, once', async (cast) => {
    const shopper = await cast.shopper({ serviceWorkers: 'block' });
    const cashier = await cast.cashier();
    await shopper.enters(await cashier.asks(5_000));
    const sent = [];
    await shopper.page.route(SUBMIT, async (route) => {
      sent.push(route.request().postDataJSON().transaction);
      await route.abort('connectionfailed');
    });
    await shopper.confirms(5_000);
    await shopper.visitor.text('paid.waiting.network').waitFor();
    await shopper.page.unroute(SUBMIT);
    await shopper.page.route(SUBMIT, async (route) => {
      sent.push(route.request().postDataJSON().transaction);
      await route.continue();
    });
    await shopper.page.reload();
    await shopper.seesPaid();
    await cashier.seesPaid();
    assert.equal(new Set(sent).size, 1, 'nothing was signed a second time');
    await shopper.leavesPaidScreen();
    await shopper.seesBalance(25_000);
  });

  story('two impatient touches pay once', async (cast) => {
    const shopper = await cast.shopper();
    const cashier = await cast.cashier();
    await shopper.enters(await cashier.asks(5_000));
    await shopper.visitor.button('pay.button', { amount: '5,000원' }).dblclick();
    await shopper.seesPaid();
    await shopper.leavesPaidScreen();
    await shopper.seesBalance(25_000);
  });

  story('the till comes back to the same QR after a reload', async (cast) => {
    const shopper = await cast.shopper();
    const cashier = await cast.cashier();
    const code = await cashier.asks(5_000);
    await cashier.page.reload();
    await cashier.visitor.sees('intent', 'created');
    assert.equal(await cashier.page.getByTestId('short-code').innerText(), code);
    await shopper.pays(code, 5_000);
    await cashier.seesPaid();
  });
});
