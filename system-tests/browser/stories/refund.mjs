import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { story } from '../stage.mjs';

describe('a refund', () => {
  story('gives back a part and then the rest, and the wallet sees both', async (cast) => {
    const shopper = await cast.shopper();
    const cashier = await cast.cashier();
    await shopper.pays(await cashier.asks(9_000), 9_000);
    await shopper.leavesPaidScreen();
    await shopper.seesBalance(21_000);
    await cashier.seesPaid();
    await cashier.nextCustomer();

    await giveBack(cashier, '2,000', '2,000원');
    await cashier.newest().getByText(cashier.visitor.t('status.partly-refunded')).waitFor();
    await shopper.seesBalance(23_000);

    await giveBack(cashier, undefined, '7,000원');
    await cashier.newest().getByText(cashier.visitor.t('status.refunded')).waitFor();
    await shopper.seesBalance(30_000);
    assert.equal(await cashier.newest().getByRole('button').count(), 0, 'nothing is left to give back');

    await shopper.visitor.goes('#/history');
    const refunds = shopper.page.getByRole('link').filter({ hasText: shopper.visitor.t('activity.refund') });
    await refunds.filter({ hasText: '+2,000원' }).waitFor();
    await refunds.filter({ hasText: '+7,000원' }).waitFor();
  });

  story('is not offered above what was paid', async (cast) => {
    const shopper = await cast.shopper();
    const cashier = await cast.cashier();
    await shopper.pays(await cashier.asks(3_000), 3_000);
    await cashier.seesPaid();
    await cashier.nextCustomer();

    await cashier.newest().getByRole('button').click();
    await cashier.page.getByLabel(cashier.visitor.t('refund.part')).check();
    await cashier.visitor.field('refund.amount').fill('3001');
    await cashier.visitor.text('refund.too-much', { amount: '3,000원' }).waitFor();
    assert.ok(await cashier.visitor.button('refund.confirm', { amount: '3,001원' }).isDisabled());
  });
});

/** Opens the newest payment's refund and gives back a part, or all that is left. */
async function giveBack(cashier, part, shown) {
  await cashier.newest().getByRole('button').click();
  if (part) {
    await cashier.page.getByLabel(cashier.visitor.t('refund.part')).check();
    await cashier.visitor.field('refund.amount').fill(part);
  }
  await cashier.visitor.button('refund.confirm', { amount: shown }).click();
  await cashier.page.getByRole('dialog').waitFor({ state: 'detached' });
}
