import { describe } from 'node:test';

import { story } from '../stage.mjs';

describe('a payment in parts', () => {
  story('uses the points that were earned, earns again, and gives back the coins first', async (cast) => {
    const shopper = await cast.shopper();
    const cashier = await cast.cashier();
    await shopper.page.waitForFunction(earningRuns, undefined, { polling: 1_000, timeout: 0 });
    await shopper.pays(await cashier.asks(9_000), 9_000);
    await shopper.page.getByTestId('earned').filter({ hasText: '90P' }).waitFor();
    await shopper.leavesPaidScreen();
    await shopper.seesBalance(21_000);
    await cashier.seesPaid();
    await cashier.nextCustomer();

    await shopper.enters(await cashier.asks(1_000));
    const sheet = shopper.confirmSheet();
    await part(sheet, 'POINT', '90P').waitFor();
    await part(sheet, 'S-COIN', '910원').waitFor();
    const points = sheet.getByRole('switch', { name: shopper.visitor.t('pay.use.points') });
    await points.uncheck();
    await part(sheet, 'S-COIN', '1,000원').waitFor();
    await points.check();
    await part(sheet, 'S-COIN', '910원').waitFor();
    await shopper.confirms(1_000);
    await shopper.seesPaid();
    await part(shopper.page, 'POINT', '90P').waitFor();
    await shopper.leavesPaidScreen();
    await shopper.seesBalance(20_090);

    await cashier.seesPaid();
    await part(cashier.page, 'POINT', '90P').waitFor();
    await cashier.nextCustomer();
    await cashier.newest().getByTestId('paid-with').filter({ hasText: '90P' }).waitFor();
    await cashier.newest().getByRole('button').click();
    const refund = cashier.page.getByRole('dialog');
    await refund.getByLabel(cashier.visitor.t('refund.part')).check();
    await cashier.visitor.field('refund.amount').fill('950');
    await part(refund, 'S-COIN', '910원').waitFor();
    await part(refund, 'POINT', '40P').waitFor();
    await cashier.visitor.button('refund.confirm', { amount: '950원' }).click();
    await refund.waitFor({ state: 'detached' });
    await shopper.seesBalance(21_000);

    await shopper.visitor.goes('#/history');
    const paid = shopper.page.getByRole('link').filter({ hasText: '90P' }).filter({ hasText: '−1,000원' });
    await paid.click();
    await shopper.page.locator('[data-testid="receipt-verdict"][data-verdict="valid"]').waitFor();
    await part(shopper.page, 'POINT', '90P').waitFor();
  });
});

/** One asset's line among the parts of an amount. */
function part(place, asset, shown) {
  return place.getByTestId('parts').locator(`[data-asset="${asset}"]`).filter({ hasText: shown });
}

/** The demo's programmes begin a minute after the demo. Runs in the page. */
async function earningRuns() {
  const { items } = await (await fetch('/v1/programmes')).json();
  return items.some(({ code, state }) => code === 'EARN-1' && state === 'running');
}
